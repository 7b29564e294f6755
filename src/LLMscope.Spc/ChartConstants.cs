namespace LLMscope.Spc;

/// <summary>
/// Constants of the range of two independent normal values, which is what a moving range is.
/// Closed forms from d2 = 2 / sqrt(pi) and d3 = sqrt(2 - 4 / pi).
/// </summary>
public static class ChartConstants
{
    /// <summary>The expected range of two values, in standard deviations.</summary>
    public const double D2 = 1.12837916709551257390;

    /// <summary>The median range of two values, in standard deviations: sqrt(2) times the 75 % quantile of the normal distribution.</summary>
    public const double MedianRange = 0.95387255240893570;

    /// <summary>The upper control limit of a moving range, as a multiple of its mean: 1 + 3 d3 / d2.</summary>
    public const double D4 = 3.26653191929;

    /// <summary>The distance of the control limits of an individuals chart from its centre, as a multiple of the mean moving range: 3 / d2.</summary>
    public const double E2 = 2.65868077635827;

    /// <summary>Makes the median absolute deviation of normal values their standard deviation: 1 / the 75 % quantile.</summary>
    public const double MadScale = 1.48260221850560;
}
