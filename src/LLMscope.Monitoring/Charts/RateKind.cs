using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Charts;

/// <summary>Events for each call in an interval, of which a call may have several: a u chart, or Laney's u'.</summary>
internal sealed class RateKind : CountedKind
{
    private readonly AttributeLimits _limits;

    private RateKind(ChartKind kind)
        : base(kind) => _limits = kind == ChartKind.RatePrime ? AttributeLimits.Laney : AttributeLimits.Exact;

    public static RateKind Instance { get; } = new(ChartKind.Rate);

    public static RateKind Prime { get; } = new(ChartKind.RatePrime);

    public override Unit UnitOf(Characteristic characteristic) => characteristic.Unit;

    public override double Plotted(OpenSubgroup subgroup) => subgroup.Statistic;

    public override BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var baseline = RateBaseline.Estimate(collected.Select(point => new RateSubgroup(point.Count, (int)Math.Round(point.Value * point.Count))), out var problem);
        if (baseline is null)
            return Without(problem);

        var isLaney = baseline.IsOverdispersed && _limits == AttributeLimits.Laney;
        return BaselineProposal.Of(new BaselineEstimate
        {
            Count = baseline.Subgroups,
            Units = (long)baseline.Exposure,
            Events = baseline.Events,
            Centre = baseline.Rate,
            Sigma = Math.Sqrt(baseline.Rate),
            Dispersion = KnownDispersion(baseline.Dispersion),
            Remarks =
            [
                .. CountedAdvice.Of(AttributeAdvice.For(baseline), isLaney, baseline.IsOverdispersed, baseline.Dispersion),
                isLaney
                    ? "The limits are Laney's (u'), standard deviations that are widened as much, and vary with the number of calls in each point; of the rules only R1 is judged."
                    : "The limits are exact Poisson ones and vary with the number of calls in each point; of the rules only R1 is judged.",
            ],
        });
    }

    protected override Func<double, double>? LineFor(BaselineEstimate estimate, int units)
    {
        var baseline = BaselineOf(estimate);
        return k => baseline.Line(k, units, _limits);
    }

    protected override PlausibleCounts ProcessOf(BaselineEstimate estimate) => PlausibleCounts.Of(BaselineOf(estimate), _limits);

    private static RateBaseline BaselineOf(BaselineEstimate estimate) =>
        new() { Exposure = estimate.Units, Events = estimate.Events, Subgroups = estimate.Count, Dispersion = estimate.Dispersion };
}
