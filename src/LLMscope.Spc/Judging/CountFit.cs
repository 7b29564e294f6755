using LLMscope.Spc.Attributes;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

/// <summary>Charts of counted events. Rules that were asked for compare each point with its own lines, whatever its size.</summary>
public static class CountFit
{
    /// <summary>A p, np or p' chart.</summary>
    /// <param name="printed">Lines at whole standard deviations, as textbooks print them, instead of exact tails.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static FittedChart? OfProportions(SeriesKind kind, IReadOnlyList<ProportionSubgroup> subgroups, bool printed, out string problem)
    {
        var limits = LimitsOf(kind, printed);
        if (kind == SeriesKind.Np)
        {
            var equal = UnitCountBaseline.Estimate(subgroups, out var unequal);
            problem = Text(unequal);
            if (equal is null)
                return null;

            var lines = Lines(
                equal.Mean, equal.Units * equal.Proportion.StandardError(equal.Units), equal.Proportion.Subgroups, k => equal.Line(k, limits));
            return Chart(
                kind, _ => lines, equal.Proportion.Subgroups, equal.SuitableRules, equal.SuitableRulesReason, printed, AttributeAdvice.For(equal.Proportion));
        }

        var baseline = ProportionBaseline.Estimate(subgroups, out var fault);
        problem = Text(fault);
        if (baseline is null)
            return null;

        var widening = limits == AttributeLimits.Laney && baseline.IsOverdispersed ? baseline.Dispersion : 1;
        return Chart(
            kind,
            size => Lines(
                baseline.Proportion, baseline.StandardError((int)size) * widening, baseline.Subgroups, baseline.LineAt((int)size, limits)),
            baseline.Subgroups, ProportionBaseline.SuitableRules, ProportionBaseline.SuitableRulesReason, printed, AttributeAdvice.For(baseline))
            with
        { VariesBySize = true };
    }

    /// <summary>A c, u or u' chart; a c chart's points all have an exposure of 1.</summary>
    /// <inheritdoc cref="OfProportions"/>
    public static FittedChart? OfRates(SeriesKind kind, IReadOnlyList<RateSubgroup> subgroups, bool printed, out string problem)
    {
        var limits = LimitsOf(kind, printed);
        var baseline = RateBaseline.Estimate(subgroups, out var fault);
        problem = Text(fault);
        if (baseline is null)
            return null;

        var widening = limits == AttributeLimits.Laney && baseline.IsOverdispersed ? baseline.Dispersion : 1;
        var counts = new CountBaseline { Rate = baseline };
        var (rules, reason) = kind == SeriesKind.C ? (counts.SuitableRules, counts.SuitableRulesReason) : (RateBaseline.SuitableRules, RateBaseline.SuitableRulesReason);
        return Chart(
            kind,
            size => Lines(baseline.Rate, baseline.StandardError(size) * widening, baseline.Subgroups, baseline.LineAt(size, limits)),
            baseline.Subgroups, rules, reason, printed, AttributeAdvice.For(baseline))
            with
        { VariesBySize = kind != SeriesKind.C, LargestSize = PoissonLimits.LargestMean / baseline.UpperBound };
    }

    private static AttributeLimits LimitsOf(SeriesKind kind, bool printed)
        => kind is SeriesKind.PPrime or SeriesKind.UPrime ? AttributeLimits.Laney
        : printed ? AttributeLimits.ThreeSigma
        : AttributeLimits.Exact;

    private static ChartLines Lines(double centre, double sigma, int count, Func<double, double> line)
        => new(ProcessModel.Classic(Transform.None, centre, sigma > 0 ? sigma : 1, count), line, HasScale: sigma > 0);

    private static FittedChart Chart(
        SeriesKind kind, Func<double, ChartLines> lines, int count, RuleSet rules, string reason, bool printed, AttributeAdvice advice) => new()
        {
            Kind = kind,
            LinesFor = lines,
            Count = count,
            Origin = LimitsOrigin.Events,
            SuitableRules = printed ? RuleSet.R1 : rules,
            Reasons = [advice.Reason, printed ? "The lines lie at whole standard deviations, as textbooks print them." : reason],
            Warnings = WarningsOf(kind, printed, advice).ToArray(),
            IsOverdispersed = advice.Chart == AttributeChart.Laney,
        };

    private static IEnumerable<string> WarningsOf(SeriesKind kind, bool printed, AttributeAdvice advice)
    {
        var isLaney = kind is SeriesKind.PPrime or SeriesKind.UPrime;
        if (advice.Chart == AttributeChart.BetweenEvents)
            yield return "So few events are charted better by what lies between them: a g or t chart.";
        else if (advice.Chart == AttributeChart.Laney && !isLaney)
            yield return $"Laney's chart ({(kind is SeriesKind.P or SeriesKind.Np ? "p-prime" : "u-prime")}) suits these counts better.";
        if (printed && !isLaney)
            yield return "Three standard deviations of rare events do not keep the promised false alarms; exact lines do.";
    }

    private static string Text(AttributeProblem problem) => problem switch
    {
        AttributeProblem.None => "",
        AttributeProblem.NoUnits => "has no subgroup with a size above 0",
        AttributeProblem.ImpossibleCount => "has a count that is negative or larger than its size",
        AttributeProblem.UnequalUnits => "has subgroups of different sizes, whose counts have no common limits: use the chart p",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem of counts."),
    };
}
