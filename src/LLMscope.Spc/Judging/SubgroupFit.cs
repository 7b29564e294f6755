using LLMscope.Spc.Baselines;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Spc.Judging;

/// <summary>Charts of the means, ranges and standard deviations of subgroups.</summary>
public static class SubgroupFit
{
    /// <param name="kind">One that plots subgroups.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static FittedChart? Of(SeriesKind kind, IReadOnlyList<Subgroup> subgroups, out string problem)
    {
        var spread = SpreadOf(kind);
        var baseline = SubgroupBaseline.Estimate(subgroups, spread, out var fault);
        problem = Text(fault);
        if (baseline is null)
            return null;

        var ofMeans = kind is SeriesKind.XbarR or SeriesKind.XbarS;
        return new FittedChart
        {
            Kind = kind,
            LinesFor = ofMeans ? MeansOf(baseline) : SpreadsOf(baseline),
            VariesBySize = subgroups.Select(subgroup => subgroup.Size).Where(size => size > 0).Distinct().Skip(1).Any(),
            UsualSize = subgroups.First(subgroup => subgroup.Size > 0).Size,
            Count = baseline.Subgroups,
            Origin = LimitsOrigin.Sigma,
            SuitableRules = ofMeans ? RuleSet.All : SubgroupBaseline.SuitableSpreadRules,
            Reasons =
            [
                FormattableString.Invariant(
                    $"The sigma of one value is {baseline.Sigma:G7}, from the {(spread == SubgroupSpread.Range ? "ranges" : "standard deviations")} of {baseline.Subgroups} subgroups."),
                ofMeans ? SubgroupBaseline.SuitableRulesReason : SubgroupBaseline.SuitableSpreadRulesReason,
            ],
            IsOverdispersed = ofMeans && baseline.IsOverdispersed,
            LargestSize = kind == SeriesKind.R ? SubgroupBaseline.LargestForRange : double.PositiveInfinity,
            Warnings = baseline.IsOverdispersed && ofMeans
                ? [$"The means vary {baseline.Dispersion:0.##} times as much as the spread within subgroups lets them: chart the means as individuals."]
                : [],
        };
    }

    public static SubgroupSpread SpreadOf(SeriesKind kind) => kind is SeriesKind.XbarR or SeriesKind.R ? SubgroupSpread.Range : SubgroupSpread.Deviation;

    private static Func<double, ChartLines> MeansOf(SubgroupBaseline baseline) => size => new ChartLines(
        ProcessModel.Classic(Transform.None, baseline.Centre, baseline.Sigma / Math.Sqrt(size), baseline.Subgroups),
        k => baseline.MeanLine(k, (int)size));

    // A single value has no spread and is missing; it gets the lines of two.
    private static Func<double, ChartLines> SpreadsOf(SubgroupBaseline baseline) => size =>
    {
        var of = Math.Max(2, (int)size);
        var centre = baseline.SpreadLine(0, of);
        var sigma = baseline.Spread == SubgroupSpread.Range ? baseline.Sigma * ChartConstants.For(of).RangeSigma : baseline.Sigma * ChartConstants.C5(of);
        return new ChartLines(ProcessModel.Classic(Transform.None, centre, sigma, baseline.Subgroups), k => baseline.SpreadLine(k, of));
    };

    private static string Text(SubgroupProblem problem) => problem switch
    {
        SubgroupProblem.None => "",
        SubgroupProblem.TooFewSubgroups => "has too few subgroups; limits take at least two that hold values",
        SubgroupProblem.SingleValues => "has no subgroup of two values, so nothing tells of the spread within: use the chart individuals",
        SubgroupProblem.TooLargeForRange => $"has a subgroup of more than {SubgroupBaseline.LargestForRange} values, too many for their range: use xbar-s or s",
        SubgroupProblem.NoVariation => "has no variation within its subgroups",
        SubgroupProblem.NotFinite => "has a mean or a spread that is not finite",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem of subgroups."),
    };
}
