using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Exposition;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>Which source a time series belongs to. Labels that no template names do not tell time series apart: these are taken together.</summary>
/// <param name="Fixed">What is the same for all of a target.</param>
/// <param name="Chosen">Parts that the user set for this target. They stand whatever the labels say.</param>
/// <param name="Allowed">The labels that may become parts of a source.</param>
internal sealed record SourceMap(
    Source Fixed, IReadOnlyList<SourceTemplate> Templates, IReadOnlyDictionary<SourcePart, string> Chosen, IReadOnlySet<string> Allowed)
{
    public Source Of(Label[] labels)
    {
        var source = Fixed;
        foreach (var template in Templates)
        {
            if (template.Fill(labels, Allowed) is { } text)
                source = source.With(template.Part, text);
        }

        foreach (var (part, text) in Chosen)
            source = source.With(part, text);
        return source;
    }
}
