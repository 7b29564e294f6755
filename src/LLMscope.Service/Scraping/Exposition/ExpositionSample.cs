namespace LLMscope.Service.Scraping.Exposition;

/// <summary>One value of a page of metrics.</summary>
/// <param name="Name">The name as it stands there, with its suffix.</param>
/// <param name="Labels">In order of their names, each once.</param>
/// <param name="Value">Any number, NaN and infinities included.</param>
/// <param name="Milliseconds">The time that the page gives it, since 1970; null where it gives none, which is usual.</param>
internal readonly record struct ExpositionSample(string Name, Label[] Labels, double Value, long? Milliseconds);

internal readonly record struct Label(string Name, string Value);
