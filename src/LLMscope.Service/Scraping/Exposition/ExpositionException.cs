namespace LLMscope.Service.Scraping.Exposition;

/// <summary>A page of metrics that is not in its format. It is the one fault that reading text can end in.</summary>
/// <param name="line">The line that is wrong, counted from 1.</param>
internal sealed class ExpositionException(long line, string problem) : Exception($"Line {line} of the page {problem}.")
{
    public long Line { get; } = line;
}
