using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Attributes;

/// <summary>The frozen limits of a p chart, such as one of error ratios.</summary>
/// <remarks>
/// The lines are exact binomial quantiles unless others are asked for, not three standard deviations: with one error in a thousand calls and a thousand calls a point,
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
    public bool IsOverdispersed => SigmaOfZ.IsBeyondChance(Dispersion, Subgroups);

    /// <summary>The rules that the exact limits hold for; the others count on a symmetric distribution that does not change from point to point.</summary>
    public static RuleSet SuitableRules => RuleSet.R1;

    public static string SuitableRulesReason => AttributeLines.ReasonForVaryingSizes;

    /// <summary>Pools the subgroups.</summary>
    /// <returns>Null where they hold no units, or a count is impossible.</returns>
    public static ProportionBaseline? Estimate(IEnumerable<ProportionSubgroup> subgroups) => Estimate(subgroups, out _);

    /// <inheritdoc cref="Estimate(IEnumerable{ProportionSubgroup})"/>
    public static ProportionBaseline? Estimate(IEnumerable<ProportionSubgroup> subgroups, out AttributeProblem problem)
    {
        ArgumentNullException.ThrowIfNull(subgroups);
        var given = subgroups.ToArray();
        var used = Array.FindAll(given, subgroup => subgroup.Units > 0);
        problem = Array.Exists(given, subgroup => subgroup.Events < 0 || subgroup.Events > subgroup.Units) ? AttributeProblem.ImpossibleCount
            : used.Length == 0 ? AttributeProblem.NoUnits
            : AttributeProblem.None;
        if (problem != AttributeProblem.None)
            return null;

        var pooled = new ProportionBaseline
        {
            Units = used.Sum(subgroup => (long)subgroup.Units),
            Events = used.Sum(subgroup => (long)subgroup.Events),
            Subgroups = used.Length,
        };
        return pooled with
        {
            Dispersion = SigmaOfZ.Of(used.Select(subgroup => (subgroup.Proportion - pooled.Proportion) / pooled.StandardError(subgroup.Units))),
        };
    }

    /// <summary>Whether so much is enough to freeze limits from.</summary>
    public static bool IsEnough(int subgroups, long units) => subgroups >= FewestSubgroups && units >= FewestUnits;

    /// <summary>The zone lines for a subgroup of this many units, exact ones between the proportions that can occur.</summary>
    public ZoneLimits For(int units, AttributeLimits limits = AttributeLimits.Exact) => ZoneLimits.From(LineAt(units, limits));

    /// <summary>The line at a signed number of standard deviations for a subgroup of this many units.</summary>
    public double Line(double k, int units, AttributeLimits limits = AttributeLimits.Exact) => LineAt(units, limits)(k);

    /// <summary>The lines that the rules compare with, also where the parameters ask for other widths than one, two and three.</summary>
    public RuleLimits LinesFor(RuleParameters parameters, int units, AttributeLimits limits = AttributeLimits.Exact)
        => RuleLimits.From(LineAt(units, limits), parameters);

    /// <summary>The standard deviation of the proportion of so many units.</summary>
    internal double StandardError(int units) => Math.Sqrt(Proportion * (1 - Proportion) / units);

    // The bounds take a search each, so they are found once for all lines.
    internal Func<double, double> LineAt(int units, AttributeLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        var centre = Proportion;
        var error = StandardError(units);
        switch (AttributeLines.InForce(limits, IsOverdispersed))
        {
            case AttributeLimits.ThreeSigma:
                return k => AttributeLines.Normal(k, centre, error, most: 1);
            case AttributeLimits.Laney:
                return k => AttributeLines.Normal(k, centre, error * Dispersion, most: 1);
            default:
                var (lower, upper) = (LowerBound, UpperBound);
                return k => AttributeLines.Exact(
                    k, centre, width => BinomialLimits.Lower(units, lower, width), width => BinomialLimits.Upper(units, upper, width));
        }
    }
}
