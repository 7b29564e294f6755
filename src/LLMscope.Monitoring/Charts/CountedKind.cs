using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>
/// Events that are counted in intervals, judged by R1 at limits from the tails of the counts. What its kinds differ in is what they plot, and the lines.
/// </summary>
internal abstract class CountedKind(ChartKind kind) : IChartKind
{
    public PointSource Source => PointSource.Subgroups;

    public int ConfirmedPoints => 0;

    public RuleSet Rules => RuleSet.R1;

    public bool Suits(CharacteristicNature nature) => nature == CharacteristicNature.Event;

    public ChartPlan Usual(Characteristic characteristic) =>
        new(kind, Transform.None, ChartPlan.ProportionSubgroup, Rules, ProportionBaseline.FewestSubgroups);

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

    public Detection Detect(ChartPlan plan, Baseline baseline) => new()
    {
        Alerting = plan.Rules & Rules,
        Parameters = RuleParameters.Default with { K1 = BudgetedRules.WidthOfR1(plan.Choices.Budget, plan.Subgroup) },
    };

    public IPointJudge JudgeBy(Baseline baseline, Detection detection) => new Judging(this, baseline.Estimate, detection);

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

    private sealed class Judging(CountedKind kind, BaselineEstimate estimate, Detection detection) : IPointJudge
    {
        private readonly bool _signals = detection.Judged.HasFlag(RuleSet.R1);
        private readonly double _width = detection.Parameters.K1;

        public PointVerdict Judge(ChartPoint point)
        {
            if (kind.LineFor(estimate, point.Count) is not { } line)
                return PointVerdict.NotJudged;

            // R1 looks at one point only, so nothing is remembered.
            var (lower, upper) = (line(-_width), line(_width));
            var beyond = point.Value > upper ? Direction.Up : point.Value < lower ? Direction.Down : Direction.None;
            return new PointVerdict(line(0), lower, upper, _signals ? default(RuleSignals).With(RuleSet.R1, beyond) : default);
        }

        public void Recall(ChartPoint point)
        {
        }

        public void Break()
        {
        }
    }
}
