using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Attributes;

/// <summary>The frozen limits of a u chart: events for each unit of exposure, where a unit may have several.</summary>
/// <remarks>
/// The exact lines are Poisson quantiles at the confidence bounds of the rate (Garwood, Biometrika 28, 1936, 437-442), so the false alarms stay within the
/// promise in nine baselines of ten and a baseline without an event still has an upper limit.
/// </remarks>
public sealed record RateBaseline
{
    public required double Exposure { get; init; }

    public required long Events { get; init; }

    public required int Subgroups { get; init; }

    /// <summary>Events for each unit of exposure, which is the centre line.</summary>
    public double Rate => Events / Exposure;

    public double LowerBound => Events == 0 ? 0 : Gamma.InvCDF(Events, 1, 1 - ProportionBaseline.Confidence) / Exposure;

    public double UpperBound => Gamma.InvCDF(Events + 1, 1, ProportionBaseline.Confidence) / Exposure;

    /// <inheritdoc cref="ProportionBaseline.Dispersion"/>
    public double Dispersion { get; init; } = double.NaN;

    /// <inheritdoc cref="ProportionBaseline.IsOverdispersed"/>
    public bool IsOverdispersed => SigmaOfZ.IsBeyondChance(Dispersion, Subgroups);

    public static RuleSet SuitableRules => RuleSet.R1;

    public static string SuitableRulesReason => AttributeLines.ReasonForVaryingSizes;

    /// <summary>Pools the subgroups.</summary>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static RateBaseline? Estimate(IEnumerable<RateSubgroup> subgroups, out AttributeProblem problem)
    {
        ArgumentNullException.ThrowIfNull(subgroups);
        var given = subgroups.ToArray();
        var used = Array.FindAll(given, subgroup => subgroup.Exposure > 0);
        problem = Array.Exists(given, IsImpossible) ? AttributeProblem.ImpossibleCount
            : used.Length == 0 ? AttributeProblem.NoUnits
            : AttributeProblem.None;
        if (problem != AttributeProblem.None)
            return null;

        var pooled = new RateBaseline
        {
            Exposure = used.Sum(subgroup => subgroup.Exposure),
            Events = used.Sum(subgroup => (long)subgroup.Events),
            Subgroups = used.Length,
        };
        return pooled with
        {
            Dispersion = SigmaOfZ.Of(used.Select(subgroup => (subgroup.Rate - pooled.Rate) / pooled.StandardError(subgroup.Exposure))),
        };
    }

    /// <summary>The zone lines for a subgroup of this exposure, exact ones between the rates that can occur.</summary>
    public ZoneLimits For(double exposure, AttributeLimits limits = AttributeLimits.Exact) => ZoneLimits.From(LineAt(exposure, limits));

    /// <summary>The line at a signed number of standard deviations for a subgroup of this exposure.</summary>
    public double Line(double k, double exposure, AttributeLimits limits = AttributeLimits.Exact) => LineAt(exposure, limits)(k);

    /// <inheritdoc cref="ProportionBaseline.LinesFor"/>
    public RuleLimits LinesFor(RuleParameters parameters, double exposure, AttributeLimits limits = AttributeLimits.Exact)
        => RuleLimits.From(LineAt(exposure, limits), parameters);

    internal Func<double, double> LineAt(double exposure, AttributeLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exposure);
        var centre = Rate;
        var error = StandardError(exposure);
        switch (AttributeLines.InForce(limits, IsOverdispersed))
        {
            case AttributeLimits.ThreeSigma:
                return k => AttributeLines.Normal(k, centre, error, double.PositiveInfinity);
            case AttributeLimits.Laney:
                return k => AttributeLines.Normal(k, centre, error * Dispersion, double.PositiveInfinity);
            default:
                var (lower, upper) = (LowerBound * exposure, UpperBound * exposure);
                return k => AttributeLines.Exact(
                    k, centre, width => PoissonLimits.Lower(lower, width) / exposure, width => PoissonLimits.Upper(upper, width) / exposure);
        }
    }

    private static bool IsImpossible(RateSubgroup subgroup)
        => subgroup.Events < 0 || !double.IsFinite(subgroup.Exposure) || subgroup.Exposure < 0 || (subgroup.Exposure == 0 && subgroup.Events > 0);

    /// <summary>The standard deviation of the rate in so much exposure.</summary>
    internal double StandardError(double exposure) => Math.Sqrt(Rate / exposure);
}
