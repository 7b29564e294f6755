using LLMscope.Spc.Baselines;
using LLMscope.Spc.RareEvents;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Judging;

/// <summary>Charts of what lies between two rare events. Points below the centre line are the bad ones.</summary>
public static class RareEventFit
{
    // The standard error of the logarithm of a Weibull shape from n times is 0.78 / sqrt(n); so far out it comes by chance in one baseline of a hundred.
    private const double ShapeBeyondChance = 2.576 * 0.78;

    /// <summary>A g chart.</summary>
    /// <param name="printed">Whole standard deviations from the mean, as textbooks print it, instead of quantiles.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static FittedChart? OfUnits(IReadOnlyList<long> gaps, bool printed, out string problem)
    {
        var baseline = UnitsBetweenBaseline.Estimate(gaps, out var fault);
        problem = Text(fault);
        if (baseline is null)
            return null;

        var limits = printed ? GapLimits.ThreeSigma : GapLimits.Exact;
        return Chart(
            SeriesKind.G, k => baseline.Line(k, limits), baseline.Gaps, UnitsBetweenBaseline.IsEnough(baseline.Gaps),
            printed ? RuleSet.R1 : baseline.SuitableRules,
            printed ? "The lines lie at whole standard deviations, as textbooks print them, and there is no lower limit." : baseline.SuitableRulesReason);
    }

    /// <summary>A t chart.</summary>
    /// <param name="printed">Nelson's chart of the times to the power of 1 / 3.6, drawn back, instead of quantiles.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static FittedChart? OfTimes(IReadOnlyList<double> times, bool printed, out string problem)
    {
        if (printed)
        {
            var power = PowerTimeBaseline.Estimate(times, out var wrong);
            problem = Text(wrong);
            return power is null ? null : Chart(
                SeriesKind.T, power.Line, power.Times, TimeBetweenBaseline.IsEnough(power.Times), PowerTimeBaseline.SuitableRules, PowerTimeBaseline.SuitableRulesReason);
        }

        var exponential = TimeBetweenBaseline.Estimate(times, TimeBetweenModel.Exponential, out var fault);
        problem = Text(fault);
        if (exponential is null)
            return null;

        var weibull = TimeBetweenBaseline.Estimate(times, TimeBetweenModel.Weibull, out _);
        var differs = weibull is not null && Math.Abs(Math.Log(weibull.Shape)) > ShapeBeyondChance / Math.Sqrt(weibull.Times);
        var baseline = differs ? weibull! : exponential;
        return Chart(
            SeriesKind.T, baseline.Line, baseline.Times, TimeBetweenBaseline.IsEnough(baseline.Times), TimeBetweenBaseline.SuitableRules,
            (differs
                ? FormattableString.Invariant($"The events come {(weibull!.Shape < 1 ? "in clusters" : "more regularly than by chance")}: a Weibull distribution of shape {weibull.Shape:0.##}. ")
                : "The events come as by chance: an exponential distribution. ") + TimeBetweenBaseline.SuitableRulesReason);
    }

    private static FittedChart Chart(SeriesKind kind, Func<double, double> line, int count, bool isEnough, RuleSet rules, string reason)
    {
        var zones = ZoneLimits.From(line);
        var curve = ZoneScores.Through(zones);
        var model = ProcessModel.Classic(Transform.None, zones.Centre, 1, count);
        var lines = new ChartLines(curve is null ? model : model with { Curve = curve }, line, curve is not null);
        return new FittedChart
        {
            Kind = kind,
            LinesFor = _ => lines,
            Count = count,
            Origin = LimitsOrigin.Events,
            SuitableRules = rules,
            Reasons = [reason],
            Warnings = isEnough ? [] : [$"The limits come from {count} gaps; {UnitsBetweenBaseline.FewestGaps} make useful ones."],
        };
    }

    private static string Text(RareEventProblem problem) => problem switch
    {
        RareEventProblem.None => "",
        RareEventProblem.TooFewGaps => "has too few gaps; limits take at least two",
        RareEventProblem.ImpossibleGap => "has a gap that is negative or not finite",
        RareEventProblem.ZeroTime => "has a time of zero",
        RareEventProblem.NoVariation => "has no variation: all gaps are the same",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem of rare events."),
    };
}
