using LLMscope.Spc;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>The share of units with an event, such as failed calls, in each time subgroup.</summary>
internal sealed class ProportionKind : IChartKind
{
    public static ProportionKind Instance { get; } = new();

    public int ConfirmedPoints => 0;

    public (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var units = collected.Sum(point => (long)point.Count);
        var pace = Math.Max(1, units / Math.Max(1, collected.Count));
        var wanted = Math.Max(plan.BaselinePoints, (int)Math.Min(int.MaxValue, ProportionBaseline.FewestUnits / pace));
        return (ProportionBaseline.IsEnough(collected.Count, units), Math.Max(wanted, ProportionBaseline.FewestSubgroups));
    }

    public BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var baseline = ProportionBaseline.Estimate(collected.Select(SubgroupOf));
        if (baseline is null)
            return BaselineProposal.Without("No calls were counted; collecting goes on.");

        return BaselineProposal.Of(new BaselineEstimate
        {
            Transform = Transform.None,
            Count = baseline.Subgroups,
            Units = baseline.Units,
            Events = baseline.Events,
            Centre = baseline.Proportion,
            Sigma = Math.Sqrt(baseline.Proportion * (1 - baseline.Proportion)),
            Remarks = ["The limits are exact binomial ones and vary with the number of calls in each point; only R1 is judged."],
        });
    }

    public Detection Detect(ChartPlan plan, Baseline baseline) => new() { Alerting = plan.Rules & ProportionBaseline.SuitableRules };

    public IPointJudge JudgeBy(Baseline baseline, Detection detection) => new Judging(
        new ProportionBaseline { Units = baseline.Estimate.Units, Events = baseline.Estimate.Events, Subgroups = baseline.Estimate.Count }, detection.Judged);

    private static ProportionSubgroup SubgroupOf(ChartPoint point) => new(point.Count, (int)Math.Round(point.Value * point.Count));

    private sealed class Judging(ProportionBaseline baseline, RuleSet rules) : IPointJudge
    {
        public PointVerdict Judge(ChartPoint point)
        {
            // R1 looks at one point only, so a judge of this point's own limits remembers all that it needs.
            var limits = baseline.For(point.Count);
            return new PointVerdict(limits.Centre, limits.Lower3, limits.Upper3, new NelsonRules(limits, rules).Judge(point.Value));
        }

        public void Recall(ChartPoint point)
        {
        }

        public void Break()
        {
        }
    }
}
