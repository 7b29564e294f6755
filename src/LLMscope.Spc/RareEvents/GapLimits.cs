namespace LLMscope.Spc.RareEvents;

/// <summary>How the lines of a g chart are drawn.</summary>
public enum GapLimits : byte
{
    /// <summary>Quantiles of the geometric distribution.</summary>
    Exact,

    /// <summary>Whole standard deviations from the mean, as textbooks print it: without a lower limit ever, and with one false alarm in 55 points above.</summary>
    ThreeSigma,
}
