using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Charts;

/// <summary>How many units of each interval have the event (np chart). All points stand for the same number of units; another number is not judged.</summary>
internal sealed class UnitCountKind() : CountedKind(ChartKind.UnitCount)
{
    public static UnitCountKind Instance { get; } = new();

    public override Unit UnitOf(Characteristic characteristic) => Unit.Events;

    public override double Plotted(OpenSubgroup subgroup) => subgroup.Sum;

    public override BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var baseline = UnitCountBaseline.Estimate(collected.Select(point => new ProportionSubgroup(point.Count, (int)point.Value)), out var problem);
        if (baseline is null)
            return Without(problem);

        var proportion = baseline.Proportion;
        return BaselineProposal.Of(new BaselineEstimate
        {
            Count = proportion.Subgroups,
            Units = proportion.Units,
            Events = proportion.Events,
            Centre = baseline.Mean,
            Sigma = Math.Sqrt(baseline.Mean * (1 - proportion.Proportion)),
            Dispersion = KnownDispersion(proportion.Dispersion),
            Remarks =
            [
                .. CountedAdvice.Of(AttributeAdvice.For(proportion), isLaney: false, proportion.IsOverdispersed, proportion.Dispersion),
                $"The limits are exact binomial ones for points of {baseline.Units} calls; points of any other number are not judged. Of the rules only R1 is judged.",
            ],
        });
    }

    protected override Func<double, double>? LineFor(BaselineEstimate estimate, int units)
    {
        var baseline = BaselineOf(estimate);
        return units == baseline.Units ? k => baseline.Line(k) : null;
    }

    protected override bool PlotsCounts => true;

    protected override PlausibleCounts ProcessOf(BaselineEstimate estimate) => PlausibleCounts.Of(BaselineOf(estimate).Proportion, AttributeLimits.Exact);

    private static UnitCountBaseline BaselineOf(BaselineEstimate estimate) => new()
    {
        Units = (int)(estimate.Units / estimate.Count),
        Proportion = new ProportionBaseline { Units = estimate.Units, Events = estimate.Events, Subgroups = estimate.Count },
    };
}
