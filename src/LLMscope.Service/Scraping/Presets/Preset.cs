using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>What is charted from one kind of server, and which of its labels tell whose it is.</summary>
/// <param name="Name">As targets name it.</param>
/// <param name="Provider">The provider that models of such a server have; empty where there are no models.</param>
internal sealed record Preset(string Name, string Provider, IReadOnlyList<SourceTemplate> Source, IReadOnlyList<Rule> Rules);
