using MathNet.Numerics;

namespace LLMscope.Spc;

/// <summary>
/// Constants of the range of two independent normal values, which is what a moving range is, and <see cref="For"/> those of larger subgroups.
/// Closed forms from d2 = 2 / sqrt(pi) and d3 = sqrt(2 - 4 / pi).
/// </summary>
public static class ChartConstants
{
    /// <summary>The largest subgroup that <see cref="For"/> answers for.</summary>
    public const int LargestSubgroup = 100;

    // One place for each size, so the largest subgroup bounds it.
    private static readonly Lazy<SubgroupConstants>[] BySize =
        [.. Enumerable.Range(0, LargestSubgroup + 1).Select(size => new Lazy<SubgroupConstants>(() => SubgroupConstants.Compute(size)))];

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

    /// <summary>The constants of subgroups of this size, computed at the first question.</summary>
    /// <param name="size">Values in a subgroup, from 2 to <see cref="LargestSubgroup"/>.</param>
    public static SubgroupConstants For(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestSubgroup);
        return BySize[size].Value;
    }

    /// <summary>
    /// The expected standard deviation (with n - 1) of normal values whose standard deviation is 1:
    /// sqrt(2 / (n - 1)) gamma(n / 2) / gamma((n - 1) / 2).
    /// </summary>
    /// <param name="size">Values, at least 2, without an upper bound.</param>
    public static double C4(long size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        var half = (size - 1) / 2.0;
        if (size <= LargestSubgroup)
            return SpecialFunctions.Gamma(half + 0.5) / SpecialFunctions.Gamma(half) / Math.Sqrt(half);

        // Gamma overflows for large arguments; their ratio has this asymptotic series (Tricomi and Erdelyi, Pacific
        // Journal of Mathematics 1, 1951, 133-142), good to 13 digits from here on.
        var x = 1 / half;
        return 1 - (x * ((1 / 8.0) - (x * ((1 / 128.0) + (x * ((5 / 1024.0) - (x * ((21 / 32768.0) + (x * 399 / 262144.0)))))))));
    }

    /// <summary>The standard deviation of the standard deviation of so many normal values, sqrt(1 - c4^2).</summary>
    public static double C5(long size)
    {
        var c4 = C4(size);
        return Math.Sqrt((1 - c4) * (1 + c4));
    }
}
