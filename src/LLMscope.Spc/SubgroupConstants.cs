namespace LLMscope.Spc;

/// <summary>
/// The constants of control charts for subgroups of one size, under the names of the textbooks (Montgomery, Introduction to Statistical
/// Quality Control, appendix VI), with d2 as <see cref="MeanRange"/> and d3 as <see cref="RangeSigma"/>, for D2 and D3 are something else.
/// Good to twelve digits.
/// </summary>
public sealed record SubgroupConstants
{
    /// <summary>Values in a subgroup.</summary>
    public required int Size { get; init; }

    /// <summary>d2, the expected range in standard deviations of one value.</summary>
    public required double MeanRange { get; init; }

    /// <summary>d3, the standard deviation of the range in standard deviations of one value.</summary>
    public required double RangeSigma { get; init; }

    /// <summary>The median of the range in standard deviations of one value.</summary>
    public required double MedianRange { get; init; }

    /// <summary>The expected standard deviation in standard deviations of one value.</summary>
    public double C4 => ChartConstants.C4(Size);

    /// <summary>The standard deviation of the standard deviation.</summary>
    public double C5 => ChartConstants.C5(Size);

    /// <summary>Limits of means from a known sigma.</summary>
    public double A => 3 / Math.Sqrt(Size);

    /// <summary>Limits of means from the mean range.</summary>
    public double A2 => A / MeanRange;

    /// <summary>Limits of means from the mean standard deviation.</summary>
    public double A3 => A / C4;

    /// <summary>Lower limit of standard deviations from their mean.</summary>
    public double B3 => Math.Max(0, 1 - (3 * C5 / C4));

    /// <summary>Upper limit of standard deviations from their mean.</summary>
    public double B4 => 1 + (3 * C5 / C4);

    /// <summary>Lower limit of standard deviations from a known sigma.</summary>
    public double B5 => Math.Max(0, C4 - (3 * C5));

    /// <summary>Upper limit of standard deviations from a known sigma.</summary>
    public double B6 => C4 + (3 * C5);

    /// <summary>Lower limit of ranges from a known sigma.</summary>
    public double D1 => Math.Max(0, MeanRange - (3 * RangeSigma));

    /// <summary>Upper limit of ranges from a known sigma.</summary>
    public double D2 => MeanRange + (3 * RangeSigma);

    /// <summary>Lower limit of ranges from their mean.</summary>
    public double D3 => Math.Max(0, 1 - (3 * RangeSigma / MeanRange));

    /// <summary>Upper limit of ranges from their mean.</summary>
    public double D4 => 1 + (3 * RangeSigma / MeanRange);

    /// <summary>Limits of individual values from the mean range.</summary>
    public double E2 => 3 / MeanRange;

    /// <summary>Limits of individual values from the mean standard deviation.</summary>
    public double E3 => 3 / C4;

    internal static SubgroupConstants Compute(int size)
    {
        var (mean, sigma) = RangeDistribution.Moments(size);
        return new SubgroupConstants { Size = size, MeanRange = mean, RangeSigma = sigma, MedianRange = RangeDistribution.Median(size) };
    }
}
