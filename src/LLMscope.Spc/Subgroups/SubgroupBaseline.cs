using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Subgroups;

/// <summary>
/// The frozen limits of an Xbar-R or an Xbar-S chart. Sigma comes from the spread within subgroups alone, so the limits assume that nothing but
/// chance differs between them; <see cref="IsOverdispersed"/> tells where that is not so, and there the means belong on an individuals chart.
/// </summary>
/// <remarks>
/// Montgomery, Introduction to Statistical Quality Control, 7th ed., sections 6.2 and 6.3. Subgroups of one size give Rbar / d2 and Sbar / c4, as
/// printed. For varying sizes, ranges are weighted by (d2 / d3)^2 (Burr, Journal of Quality Technology 1(3), 1969, 163-167), and standard deviations are pooled and
/// divided by the c4 of their degrees of freedom plus one, which is unbiased; dividing by the c4 of each subgroup, as often printed, is not.
/// </remarks>
public sealed record SubgroupBaseline
{
    /// <summary>Beyond so many values the range wastes what lies between its ends.</summary>
    public const int LargestForRange = 10;

    public required SubgroupSpread Spread { get; init; }

    /// <summary>The mean of all values, which is the centre line of the means.</summary>
    public required double Centre { get; init; }

    /// <summary>The standard deviation of one value within its subgroup.</summary>
    public required double Sigma { get; init; }

    public required int Subgroups { get; init; }

    public required long Values { get; init; }

    /// <summary>How much more the means vary than the spread within subgroups lets them, 1 where nothing else moves them.</summary>
    public required double Dispersion { get; init; }

    /// <summary>True where so much comes by chance in one baseline of two hundred.</summary>
    public bool IsOverdispersed => SigmaOfZ.IsBeyondChance(Dispersion, Subgroups);

    /// <summary>The rules for the means: all where sizes are equal; where they vary, judge <see cref="Standardised"/> values.</summary>
    public static RuleSet SuitableRules => RuleSet.All;

    public static string SuitableRulesReason
        => "Means of several values are close to normal, so all rules hold; with varying sizes they hold for the standardised means.";

    /// <summary>The rules for ranges and standard deviations.</summary>
    public static RuleSet SuitableSpreadRules => RuleSet.R1;

    public static string SuitableSpreadRulesReason
        => "Ranges and standard deviations are skewed to the right, so rules that count on symmetry signal too often.";

    /// <summary>Estimates limits from subgroups that were good; empty ones are left out, and single values count for the centre only.</summary>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static SubgroupBaseline? Estimate(IEnumerable<Subgroup> subgroups, SubgroupSpread spread, out SubgroupProblem problem)
        => SubgroupEstimation.Estimate(subgroups, spread, out problem);

    /// <summary>The zone lines of the mean of so many values.</summary>
    public ZoneLimits MeansFor(int size) => ZoneLimits.From(k => MeanLine(k, size));

    /// <summary>The line for a mean of so many values at a signed number of standard deviations.</summary>
    public double MeanLine(double k, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return Centre + (k * Sigma / Math.Sqrt(size));
    }

    /// <summary>The zone lines of the range or the standard deviation of so many values; none lies below 0.</summary>
    public ZoneLimits SpreadsFor(int size) => ZoneLimits.From(k => SpreadLine(k, size));

    /// <summary>The line for a range or a standard deviation of so many values at a signed number of its standard deviations.</summary>
    /// <param name="size">At least 2, and at most <see cref="LargestForRange"/> on an R chart.</param>
    public double SpreadLine(double k, int size)
    {
        if (Spread == SubgroupSpread.Deviation)
            return Math.Max(0, Sigma * (ChartConstants.C4(size) + (k * ChartConstants.C5(size))));

        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestForRange);
        var constants = ChartConstants.For(size);
        return Math.Max(0, Sigma * (constants.MeanRange + (k * constants.RangeSigma)));
    }

    /// <summary>What the lower chart plots for a subgroup.</summary>
    public double SpreadOf(Subgroup subgroup) => Spread == SubgroupSpread.Range ? subgroup.Range : subgroup.Deviation;

    /// <summary>The mean in standard deviations of a mean of so many values from the centre, for a chart with lines from -3 to 3.</summary>
    public double Standardised(Subgroup subgroup) => (subgroup.Mean - Centre) * Math.Sqrt(subgroup.Size) / Sigma;
}
