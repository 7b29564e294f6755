using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>
/// Events that are counted in intervals, judged by R1 at limits from the tails of the counts, and by a cumulative sum where the plan asks for one. What its kinds
/// differ in is what they plot, and the lines.
/// </summary>
internal abstract class CountedKind(ChartKind kind) : IChartKind
{
    public PointSource Source => PointSource.Subgroups;

    public int ConfirmedPoints => 0;

    public RuleSet Rules => RuleSet.R1 | RuleSet.Cusum;

    public bool Suits(CharacteristicNature nature) => nature == CharacteristicNature.Event;

    public ChartPlan Usual(Characteristic characteristic) =>
        new(kind, Transform.None, ChartPlan.ProportionSubgroup, RuleSet.R1, ProportionBaseline.FewestSubgroups);

    public abstract Unit UnitOf(Characteristic characteristic);

    public abstract double Plotted(OpenSubgroup subgroup);

    public (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var units = collected.Sum(point => (long)point.Count);
        var pace = Math.Max(1, units / Math.Max(1, collected.Count));
        var wanted = Math.Max(plan.BaselinePoints, (int)Math.Min(int.MaxValue, ProportionBaseline.FewestUnits / pace));
        return (ProportionBaseline.IsEnough(collected.Count, units), Math.Max(wanted, ProportionBaseline.FewestSubgroups));
    }

    public abstract BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected);

    public Detection Detect(ChartPlan plan, Baseline baseline)
    {
        // As everywhere, the classic rules go without a sum, and a budget is shared in halves.
        var budget = plan.Choices.Budget;
        var rules = plan.Rules & (budget == FalseAlarmBudget.Classic ? RuleSet.R1 : Rules);
        var parts = rules.Count();
        var detection = new Detection { Alerting = rules, Parameters = RuleParameters.Default with { K1 = BudgetedRules.WidthOfR1(budget, plan.Subgroup, parts) } };
        return rules.HasFlag(RuleSet.Cusum) && BudgetedRules.PointsBetween(budget, plan.Subgroup, parts) is { } points
            ? CountDesign.WithSum(detection, ProcessOf(baseline.Estimate), ExposureOf(UsualUnits(baseline.Estimate)), points)
            : detection;
    }

    public IPointJudge JudgeBy(Baseline baseline, Detection detection) => new CountedJudge(
        units => LineFor(baseline.Estimate, units), new CountedSum(detection, ProcessOf(baseline.Estimate).Estimated), point => EventsOf(point), detection);

    public IKindOutlook OutlookOf(Baseline baseline, IReadOnlyList<(int Size, long Points)> sizes)
    {
        var estimate = baseline.Estimate;
        var usual = UsualUnits(estimate);
        var seen = sizes.Count == 0 ? PointSizes.One(ExposureOf(usual)) : PointSizes.Of(sizes.Select(one => (ExposureOf(one.Size), one.Points)));
        return new CountedOutlook(
            baseline, ProcessOf(estimate), seen,
            size => LineFor(estimate, (int)size) is { } line ? k => line(k) * (PlotsCounts ? 1 : size) : null,
            PlotsCounts ? ExposureOf(usual) : 1, detection => JudgeBy(baseline, detection));
    }

    private static int UsualUnits(BaselineEstimate estimate) => (int)Math.Max(1, Math.Round((double)estimate.Units / estimate.Count));

    /// <summary>Whether events are plotted, rather than events for each unit.</summary>
    protected virtual bool PlotsCounts => false;

    /// <summary>What the events of a point of so many units come from.</summary>
    protected virtual int ExposureOf(int units) => units;

    private (double Events, double Exposure) EventsOf(ChartPoint point) =>
        (Math.Round(PlotsCounts ? point.Value : point.Value * point.Count), ExposureOf(point.Count));

    /// <summary>What a baseline says of the process.</summary>
    protected abstract PlausibleCounts ProcessOf(BaselineEstimate estimate);

    /// <summary>The line at a signed number of standard deviations for a point of so many units; null where such a point has none.</summary>
    protected abstract Func<double, double>? LineFor(BaselineEstimate estimate, int units);

    /// <summary>What is known of a baseline once its problem is.</summary>
    protected static BaselineProposal Without(AttributeProblem problem) => BaselineProposal.Without(problem switch
    {
        AttributeProblem.UnequalUnits => "The points differ in the number of calls that they stand for, so their counts have no common limits: choose the proportion. Collecting goes on.",
        AttributeProblem.ImpossibleCount => "Some samples are neither 0 nor 1, so they do not count events; collecting goes on.",
        _ => "No calls were counted; collecting goes on.",
    });

    protected static double KnownDispersion(double dispersion) => double.IsFinite(dispersion) ? dispersion : 1;
}
