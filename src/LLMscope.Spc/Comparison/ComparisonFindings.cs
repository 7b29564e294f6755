namespace LLMscope.Spc.Comparison;

/// <summary>What a comparison of two periods found. Where neither a change nor its absence is named, the values do not tell.</summary>
[Flags]
public enum ComparisonFindings
{
    None = 0,
    MedianRose = 1,
    MedianFell = 2,

    /// <summary>The interval of the ratio lies within the least change that matters.</summary>
    MedianUnchanged = 4,
    TailRose = 8,
    TailFell = 16,
    TailUnchanged = 32,
    ErrorsRose = 64,
    ErrorsFell = 128,

    /// <summary>The interval of the difference lies within the least change that matters.</summary>
    ErrorsUnchanged = 256,

    /// <summary>A sample has too few values for the median or the tail; what it lacks is not judged.</summary>
    TooFewValues = 512,

    /// <summary>Values depend on their predecessors. All numbers but those of the errors allow for it.</summary>
    Autocorrelated = 1024,
}
