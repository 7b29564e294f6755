using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Charts;

/// <summary>How many events there are in each interval, however many calls it has (c chart).</summary>
internal sealed class CountKind() : CountedKind(ChartKind.Count)
{
    public static CountKind Instance { get; } = new();

    public override Unit UnitOf(Characteristic characteristic) => Unit.Events;

    public override double Plotted(OpenSubgroup subgroup) => subgroup.Sum;

    public override BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var baseline = CountBaseline.Estimate(collected.Select(point => (int)point.Value), out var problem);
        if (baseline is null)
            return Without(problem);

        return BaselineProposal.Of(new BaselineEstimate
        {
            Count = baseline.Rate.Subgroups,
            Units = collected.Sum(point => (long)point.Count),
            Events = baseline.Rate.Events,
            Centre = baseline.Mean,
            Sigma = Math.Sqrt(baseline.Mean),
            Dispersion = KnownDispersion(baseline.Rate.Dispersion),
            Remarks =
            [
                .. CountedAdvice.Of(AttributeAdvice.For(baseline.Rate), isLaney: false, baseline.Rate.IsOverdispersed, baseline.Rate.Dispersion),
                "The limits are exact Poisson ones for the events of an interval; of the rules only R1 is judged. More calls make more events: where traffic changes, choose the rate or the proportion.",
                "An interval without any call makes no point.",
            ],
        });
    }

    protected override Func<double, double>? LineFor(BaselineEstimate estimate, int units)
    {
        var baseline = BaselineOf(estimate);
        return k => baseline.Line(k);
    }

    protected override bool PlotsCounts => true;

    protected override int ExposureOf(int units) => 1;

    protected override PlausibleCounts ProcessOf(BaselineEstimate estimate) => PlausibleCounts.Of(BaselineOf(estimate).Rate, AttributeLimits.Exact);

    private static CountBaseline BaselineOf(BaselineEstimate estimate) =>
        new() { Rate = new RateBaseline { Exposure = estimate.Count, Events = estimate.Events, Subgroups = estimate.Count } };
}
