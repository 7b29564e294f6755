using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Attributes;

/// <summary>The frozen limits of a p chart, such as one of error ratios.</summary>
/// <remarks>
/// The lines are exact binomial quantiles, never three standard deviations: with one error in a thousand calls and a thousand calls a point,
/// those alarm every 53rd point. The upper lines use the upper confidence bound of the probability and the lower ones the lower bound (Clopper
/// and Pearson, Biometrika 26, 1934, 404-413), so the false alarms stay within the promise in nine baselines of ten however small they are, a
/// baseline without a single error still has an upper limit, and a larger baseline gives narrower limits.
/// </remarks>
public sealed record ProportionBaseline
{
    public const int FewestSubgroups = 25;

    public const long FewestUnits = 500;

    /// <summary>The one-sided confidence of the bounds.</summary>
    public const double Confidence = 0.9;

    public required long Units { get; init; }

    public required long Events { get; init; }

    public required int Subgroups { get; init; }

    /// <summary>The pooled proportion, which is the centre line.</summary>
    public double Proportion => (double)Events / Units;

    public double LowerBound => Events == 0 ? 0 : Beta.InvCDF(Events, Units - Events + 1, 1 - Confidence);

    public double UpperBound => Events == Units ? 1 : Beta.InvCDF(Events + 1, Units - Events, Confidence);

    /// <summary>
    /// How much more the proportions vary from point to point than chance in a constant process lets them: Laney's sigma of z, 1 for a binomial
    /// process. Not a number where fewer than two subgroups, or no event at all, tell.
    /// </summary>
    /// <remarks>Laney, Improved control charts for attributes, Quality Engineering 14(4), 2002, 531-537.</remarks>
    public double Dispersion { get; init; } = double.NaN;

    /// <summary>
    /// True where so much dispersion comes by chance in one baseline of two hundred: the mix of traffic changes the probability, and the exact limits,
    /// which assume one probability, signal too often.
    /// </summary>
    public bool IsOverdispersed => Dispersion > 1 + (2.576 * 0.826 / Math.Sqrt(Subgroups));

    /// <summary>The rules that the exact limits hold for; the others count on a symmetric distribution that does not change from point to point.</summary>
    public static RuleSet SuitableRules => RuleSet.R1;

    /// <summary>Pools the subgroups.</summary>
    /// <returns>Null where they hold no units.</returns>
    public static ProportionBaseline? Estimate(IEnumerable<ProportionSubgroup> subgroups)
    {
        ArgumentNullException.ThrowIfNull(subgroups);
        var used = subgroups.Where(subgroup => subgroup.Units > 0).ToArray();
        if (used.Length == 0)
            return null;

        var units = used.Sum(subgroup => (long)subgroup.Units);
        var events = used.Sum(subgroup => (long)subgroup.Events);
        return new ProportionBaseline
        {
            Units = units,
            Events = events,
            Subgroups = used.Length,
            Dispersion = DispersionOf(used, (double)events / units),
        };
    }

    /// <summary>Whether so much is enough to freeze limits from.</summary>
    public static bool IsEnough(int subgroups, long units) => subgroups >= FewestSubgroups && units >= FewestUnits;

    /// <summary>The zone lines for a subgroup of this many units, as proportions between those that can occur.</summary>
    public ZoneLimits For(int units)
    {
        var (lower, upper) = (LowerBound, UpperBound);
        var centre = Proportion;
        return new ZoneLimits(
            Math.Min(centre, BinomialLimits.Lower(units, lower, 3)),
            Math.Min(centre, BinomialLimits.Lower(units, lower, 2)),
            Math.Min(centre, BinomialLimits.Lower(units, lower, 1)),
            centre,
            Math.Max(centre, BinomialLimits.Upper(units, upper, 1)),
            Math.Max(centre, BinomialLimits.Upper(units, upper, 2)),
            Math.Max(centre, BinomialLimits.Upper(units, upper, 3)));
    }

    private static double DispersionOf(ProportionSubgroup[] subgroups, double proportion)
    {
        double ranges = 0;
        for (var i = 1; i < subgroups.Length; i++)
            ranges += Math.Abs(Standardised(subgroups[i]) - Standardised(subgroups[i - 1]));
        return ranges / (subgroups.Length - 1) / ChartConstants.D2;

        double Standardised(ProportionSubgroup subgroup)
            => (subgroup.Proportion - proportion) / Math.Sqrt(proportion * (1 - proportion) / subgroup.Units);
    }
}
