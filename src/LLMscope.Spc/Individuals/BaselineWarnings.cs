namespace LLMscope.Spc.Individuals;

/// <summary>What makes the limits of a baseline less trustworthy than they look.</summary>
[Flags]
public enum BaselineWarnings : byte
{
    None = 0,

    /// <summary>The values are skewed on the scale of the chart: false alarms come from the long tail.</summary>
    Skewed = 1,

    /// <summary>Neighbouring values resemble each other: runs signal more often than the rules promise.</summary>
    Autocorrelated = 2,

    /// <summary>The values are rounded visibly against their spread; the limits were put between representable values.</summary>
    Rounded = 4,

    /// <summary>The values are rounded so coarsely that trends, alternation and hugging the centre line mean nothing.</summary>
    TooCoarse = 8,

    /// <summary>More values lie far out than may be excluded; some of them are in the limits.</summary>
    ManyOutliers = 16,
}
