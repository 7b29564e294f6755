using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Charts;

/// <summary>The share of units with an event, such as failed calls, in each interval: a p chart, which is Laney's p' where it has to be, or always.</summary>
internal sealed class ProportionKind : CountedKind
{
    private readonly bool _isLaney;

    private ProportionKind(ChartKind kind)
        : base(kind) => _isLaney = kind == ChartKind.ProportionPrime;

    public static ProportionKind Instance { get; } = new(ChartKind.Proportion);

    public static ProportionKind Prime { get; } = new(ChartKind.ProportionPrime);

    public override Unit UnitOf(Characteristic characteristic) => characteristic.Unit;

    public override double Plotted(OpenSubgroup subgroup) => subgroup.Statistic;

    public override BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var baseline = ProportionBaseline.Estimate(collected.Select(point => new ProportionSubgroup(point.Count, (int)Math.Round(point.Value * point.Count))), out var problem);
        if (baseline is null)
            return Without(problem);

        var isLaney = baseline.IsOverdispersed && LimitsOf(baseline) == AttributeLimits.Laney;
        return BaselineProposal.Of(new BaselineEstimate
        {
            Count = baseline.Subgroups,
            Units = baseline.Units,
            Events = baseline.Events,
            Centre = baseline.Proportion,
            Sigma = Math.Sqrt(baseline.Proportion * (1 - baseline.Proportion)),
            Dispersion = KnownDispersion(baseline.Dispersion),
            Remarks =
            [
                .. CountedAdvice.Of(AttributeAdvice.For(baseline), isLaney, baseline.IsOverdispersed, baseline.Dispersion),
                isLaney
                    ? "The limits are Laney's (p'), standard deviations that are widened as much, and vary with the number of calls in each point; of the rules only R1 is judged."
                    : "The limits are exact binomial ones and vary with the number of calls in each point; of the rules only R1 is judged.",
            ],
        });
    }

    protected override Func<double, double>? LineFor(BaselineEstimate estimate, int units)
    {
        var baseline = BaselineOf(estimate);
        var limits = LimitsOf(baseline);
        return k => baseline.Line(k, units, limits);
    }

    protected override PlausibleCounts ProcessOf(BaselineEstimate estimate) => PlausibleCounts.Of(BaselineOf(estimate), LimitsOf(BaselineOf(estimate)));

    private static ProportionBaseline BaselineOf(BaselineEstimate estimate) =>
        new() { Units = estimate.Units, Events = estimate.Events, Subgroups = estimate.Count, Dispersion = estimate.Dispersion };

    // Laney's limits are the exact ones where the points do not vary more than by chance.
    private AttributeLimits LimitsOf(ProportionBaseline baseline) =>
        _isLaney || AttributeAdvice.For(baseline).Chart == AttributeChart.Laney ? AttributeLimits.Laney : AttributeLimits.Exact;
}
