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

    public IKindOutlook OutlookOf(Baseline baseline, IReadOnlyList<(int Size, long Points)> sizes)
    {
        var estimate = baseline.Estimate;
        var usual = (int)Math.Max(1, Math.Round((double)estimate.Units / estimate.Count));
        var seen = sizes.Count == 0 ? PointSizes.One(ExposureOf(usual)) : PointSizes.Of(sizes.Select(one => (ExposureOf(one.Size), one.Points)));
        return new CountedOutlook(
            baseline, ProcessOf(estimate), seen,
            size => LineFor(estimate, (int)size) is { } line ? k => line(k) * (PlotsCounts ? 1 : size) : null,
            PlotsCounts ? ExposureOf(usual) : 1, detection => JudgeBy(baseline, detection));
    }

    /// <summary>Whether events are plotted, rather than events for each unit.</summary>
    protected virtual bool PlotsCounts => false;

    /// <summary>What the events of a point of so many units come from.</summary>
    protected virtual int ExposureOf(int units) => units;

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

    private sealed class Judging(CountedKind kind, BaselineEstimate estimate, Detection detection) : IPointJudge
    {
        private readonly bool _signals = detection.Judged.HasFlag(RuleSet.R1);
        private readonly double _width = detection.Parameters.K1;

        /// <summary>Lines of the sizes that came lately, which take a search each. Bounded by <see cref="MostSizes"/>.</summary>
        private readonly Dictionary<int, PointVerdict> _lines = [];
        private const int MostSizes = 1_000;

        public PointVerdict Judge(ChartPoint point)
        {
            var lines = LinesOf(point.Count);
            if (!lines.IsJudged)
                return lines;

            // R1 looks at one point only, so nothing is remembered.
            var beyond = point.Value > lines.Upper ? Direction.Up : point.Value < lines.Lower ? Direction.Down : Direction.None;
            return lines with { Signals = _signals ? default(RuleSignals).With(RuleSet.R1, beyond) : default };
        }

        private PointVerdict LinesOf(int units)
        {
            if (_lines.TryGetValue(units, out var known))
                return known;
            if (_lines.Count >= MostSizes)
                _lines.Clear();
            return _lines[units] = kind.LineFor(estimate, units) is { } line ? new PointVerdict(line(0), line(-_width), line(_width), default) : PointVerdict.NotJudged;
        }

        public void Recall(ChartPoint point)
        {
        }

        public void Break()
        {
        }
    }
}
