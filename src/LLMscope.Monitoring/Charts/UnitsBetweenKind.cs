using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Judging;
using LLMscope.Spc.RareEvents;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>The calls without an event between two with it (g chart), for events too rare to be counted in intervals, whatever the traffic. Low values are the bad ones.</summary>
internal sealed class UnitsBetweenKind() : BetweenKind(ChartKind.UnitsBetween, PointSource.Units, UnitsBetweenBaseline.FewestGaps)
{
    public static UnitsBetweenKind Instance { get; } = new();

    public override RuleSet Rules => RuleSet.All;

    public override Unit UnitOf(Characteristic characteristic) => Unit.Calls;

    public override BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        if (UnitsBetweenBaseline.Estimate(collected.Select(point => (long)point.Value), out var problem) is not { } baseline)
        {
            return BaselineProposal.Without(problem == RareEventProblem.NoVariation
                ? "Every call has the event, so there is nothing between two of them; collecting goes on."
                : "Too few events; collecting goes on.");
        }

        return BaselineProposal.Of(new BaselineEstimate
        {
            Count = baseline.Gaps,
            Units = collected.Sum(point => (long)point.Value),
            Events = baseline.Gaps,
            Centre = baseline.Line(0),
            Sigma = (baseline.Line(1) - baseline.Line(-1)) / 2,
            Remarks =
            [
                $"The calls between two events are charted by a geometric distribution, that of calls which all have the event with the same probability: one in {baseline.Mean + 1:0.#}.",
                $"The limits are its quantiles, estimated from {baseline.Gaps} gaps, which leaves them uncertain by about {1 / Math.Sqrt(baseline.Gaps):0 %}. Few calls between two events are bad: the event has become more frequent.",
                baseline.SuitableRulesReason,
                "A point comes with an event. While there is none there is no point, and a violation stays open until events come at their usual pace again or someone resolves it. Time without calls counts for nothing.",
            ],
        });
    }

    // R2 and R7 count on zones that few whole numbers between two events do not have.
    public override Detection Detect(ChartPlan plan, Baseline baseline) =>
        BudgetedRules.Detect(plan.Choices.Budget, baseline.MeanInterval, plan.Rules & GapsOf(baseline).SuitableRules);

    public override IPointJudge JudgeBy(Baseline baseline, Detection detection)
    {
        var gaps = GapsOf(baseline);
        return new QuantileJudge(k => gaps.Line(k), gaps.LinesFor(detection.Parameters), detection);
    }

    public override IKindOutlook OutlookOf(Baseline baseline, IReadOnlyList<(int Size, long Points)> sizes)
    {
        var gaps = GapsOf(baseline);
        return new GapOutlook(BetweenOutlook.Of(gaps), k => gaps.Line(k), detection => JudgeBy(baseline, detection));
    }

    private static UnitsBetweenBaseline GapsOf(Baseline baseline) =>
        new() { Mean = (double)baseline.Estimate.Units / baseline.Estimate.Count, Gaps = baseline.Estimate.Count };
}
