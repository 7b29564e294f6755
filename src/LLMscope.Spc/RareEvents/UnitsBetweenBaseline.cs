using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RareEvents;

/// <summary>
/// The frozen limits of a g chart: units without an event between two with it, such as good calls between two failed ones. Points below the centre line are the
/// bad ones: the event has become more frequent.
/// </summary>
/// <remarks>
/// The lines are those of the estimated probability. An estimate from n gaps is off by a share of about 1 / sqrt(n), and so is the share of false alarms
/// below the lower line.
/// </remarks>
public sealed record UnitsBetweenBaseline
{
    public const int FewestGaps = 25;

    // From here on, a run on the likelier side of the centre line is at most a quarter more frequent than the rule promises...
    private const double MeanForRuns = 5;

    // ...and so is one of points within the inner lines.
    private const double MeanForHugging = 100;

    /// <summary>The mean gap, in units.</summary>
    public required double Mean { get; init; }

    /// <summary>How many gaps it is estimated from.</summary>
    public required int Gaps { get; init; }

    /// <summary>The probability of the event in one unit, 1 / (mean + 1).</summary>
    public double Probability => 1 / (Mean + 1);

    /// <summary>The rules that the exact lines keep the promise of; with lines in standard deviations only R1.</summary>
    public RuleSet SuitableRules
        => RuleSet.All & ~(Mean < MeanForRuns ? RuleSet.R2 | RuleSet.R7 : Mean < MeanForHugging ? RuleSet.R7 : RuleSet.None);

    public string SuitableRulesReason => Mean >= MeanForHugging
        ? "The lines are quantiles, so every zone has the probability that the rules count on."
        : Mean >= MeanForRuns
            ? "The lines are quantiles between whole numbers; for gaps this short the inner ones enclose too much for R7."
            : "The lines are quantiles between whole numbers; for gaps this short they are too far from the true quantiles for R2 and R7.";

    /// <param name="gaps">Units without the event between two with it, none negative.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static UnitsBetweenBaseline? Estimate(IEnumerable<long> gaps, out RareEventProblem problem)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        var given = gaps.ToArray();
        problem = given.Length < 2 ? RareEventProblem.TooFewGaps
            : Array.Exists(given, gap => gap < 0) ? RareEventProblem.ImpossibleGap
            : Array.TrueForAll(given, gap => gap == 0) ? RareEventProblem.NoVariation
            : RareEventProblem.None;
        return problem == RareEventProblem.None ? new UnitsBetweenBaseline { Mean = given.Average(), Gaps = given.Length } : null;
    }

    /// <summary>Whether so much is enough to freeze limits from.</summary>
    public static bool IsEnough(int gaps) => gaps >= FewestGaps;

    /// <summary>The zone lines, exact ones between two counts.</summary>
    public ZoneLimits For(GapLimits limits = GapLimits.Exact) => ZoneLimits.From(k => Line(k, limits));

    /// <summary>The line at a signed number of standard deviations: the quantile Phi(k), with the median as centre line, or the mean plus k standard deviations.</summary>
    public double Line(double k, GapLimits limits = GapLimits.Exact)
    {
        if (limits == GapLimits.ThreeSigma)
            return Math.Max(0, Mean + (k * Math.Sqrt(Mean * (Mean + 1))));

        var centre = GeometricLimits.Median(Probability);
        return k > 0 ? Math.Max(centre, GeometricLimits.Upper(Probability, k))
            : k < 0 ? Math.Min(centre, GeometricLimits.Lower(Probability, -k))
            : centre;
    }

    /// <summary>The lines that the rules compare with, also where the parameters ask for other widths than one, two and three.</summary>
    public RuleLimits LinesFor(RuleParameters parameters, GapLimits limits = GapLimits.Exact) => RuleLimits.From(k => Line(k, limits), parameters);
}
