using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Monitoring.Charts;

/// <summary>
/// The means of intervals, judged by the spread within them: an Xbar-S or an Xbar-R chart. Means and spreads are on the scale of the plan; the rules see
/// standardised means, so that the intervals may differ in size. The spread has limits that are drawn and not judged.
/// </summary>
internal sealed class SubgroupMeansKind : IChartKind
{
    private const int ConfirmedSubgroups = 100;

    private readonly ChartKind _kind;
    private readonly SubgroupSpread _spread;

    private SubgroupMeansKind(ChartKind kind, SubgroupSpread spread) => (_kind, _spread) = (kind, spread);

    public static SubgroupMeansKind Deviations { get; } = new(ChartKind.SubgroupMeansS, SubgroupSpread.Deviation);

    public static SubgroupMeansKind Ranges { get; } = new(ChartKind.SubgroupMeansR, SubgroupSpread.Range);

    public PointSource Source => PointSource.Subgroups;

    public int ConfirmedPoints => ConfirmedSubgroups;

    public RuleSet Rules => SubgroupBaseline.SuitableRules;

    public bool Suits(CharacteristicNature nature) => nature is not (CharacteristicNature.Event or CharacteristicNature.Joint);

    public ChartPlan Usual(Characteristic characteristic) =>
        new(_kind, characteristic.Transform, ChartPlan.ProportionSubgroup, Rules, ProportionBaseline.FewestSubgroups);

    public PointSpread? SpreadOf(OpenSubgroup subgroup) => subgroup.Spread;

    public (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected) =>
        (collected.Count >= plan.BaselinePoints, plan.BaselinePoints);

    public BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var baseline = SubgroupBaseline.Estimate(collected.Select(point => SubgroupOf(point, plan.Transform)), _spread, out var problem);
        if (baseline is null)
            return BaselineProposal.Without(ProblemText(problem));

        var remarks = new List<string>
        {
            $"The limits come from the {(_spread == SubgroupSpread.Range ? "ranges" : "standard deviations")} within {baseline.Subgroups} intervals of {(double)baseline.Values / baseline.Subgroups:0.#} samples on average, and vary with the number of samples in each point.",
            "The limits of the spread are drawn, and not judged.",
        };
        if (baseline.IsOverdispersed)
        {
            remarks.Insert(0, $"The means vary {baseline.Dispersion:0.##} times as much as the spread within intervals lets them: load, prompts or routing differ between "
                + "intervals, and these limits will signal at that. Individual values of the same intervals are the honest chart.");
        }

        if (_spread == SubgroupSpread.Range)
            remarks.Add($"A range tells of at most {SubgroupBaseline.LargestForRange} samples; points of more have no limits for it.");

        return BaselineProposal.Of(new BaselineEstimate
        {
            Transform = plan.Transform,
            Count = baseline.Subgroups,
            Units = baseline.Values,
            Centre = baseline.Centre,
            Sigma = baseline.Sigma,
            Dispersion = double.IsFinite(baseline.Dispersion) ? baseline.Dispersion : 1,
            Remarks = remarks,
        });
    }

    public Detection Detect(ChartPlan plan, Baseline baseline) => BudgetedRules.Detect(plan.Choices.Budget, plan.Subgroup, plan.Rules);

    public IPointJudge JudgeBy(Baseline baseline, Detection detection) => new MeansJudge(baseline.Estimate, _spread, detection);

    public IKindOutlook OutlookOf(Baseline baseline, IReadOnlyList<(int Size, long Points)> sizes) => new SubgroupMeansOutlook(
        BaselineOf(baseline.Estimate, _spread), baseline.Estimate.Transform, (double)baseline.Estimate.Units / baseline.Estimate.Count, detection => JudgeBy(baseline, detection));

    private static SubgroupBaseline BaselineOf(BaselineEstimate estimate, SubgroupSpread spread) => new()
    {
        Spread = spread,
        Centre = estimate.Centre,
        Sigma = estimate.Sigma,
        Subgroups = estimate.Count,
        Values = estimate.Units,
        Dispersion = estimate.Dispersion,
    };

    private static Subgroup SubgroupOf(ChartPoint point, Transform transform) => new(
        point.Count, transform.Apply(point.Value), point.Spread?.Range ?? 0, point.Spread?.Deviation ?? double.NaN);

    private static string ProblemText(SubgroupProblem problem) => problem switch
    {
        SubgroupProblem.SingleValues => "No interval has two samples, so nothing tells of the spread within: choose longer intervals, or individual values. Collecting goes on.",
        SubgroupProblem.TooLargeForRange =>
            $"Some intervals have more than {SubgroupBaseline.LargestForRange} samples, too many for their range: choose subgroup means with standard deviations, or shorter intervals. Collecting goes on.",
        SubgroupProblem.NoVariation => "All samples of each interval are the same, so there is nothing to measure a deviation with; collecting goes on.",
        SubgroupProblem.TooFewSubgroups => "Too few intervals; collecting goes on.",
        _ => "The values lie so far apart that limits would be beyond all numbers; collecting goes on.",
    };

    private sealed class MeansJudge(BaselineEstimate estimate, SubgroupSpread spread, Detection detection) : IPointJudge
    {
        private const double Width = 3;

        private readonly SubgroupBaseline _baseline = BaselineOf(estimate, spread);

        private readonly NelsonRules _rules = new(RuleLimits.From(k => k, detection.Parameters), detection.Judged, detection.Parameters);

        public PointVerdict Judge(ChartPoint point)
        {
            var width = detection.Parameters.K1;
            return new PointVerdict(
                Line(0, point), Line(-width, point), Line(width, point), _rules.Judge(Standardised(point)), Spread: point.Spread is { } spread ? WithLimits(spread, point.Count) : null);
        }

        public void Recall(ChartPoint point) => _rules.Judge(Standardised(point));

        public void Break() => _rules.Break();

        private double Standardised(ChartPoint point) => _baseline.Standardised(SubgroupOf(point, estimate.Transform));

        private double Line(double k, ChartPoint point) => estimate.Transform.Invert(_baseline.MeanLine(k, point.Count));

        private PointSpread WithLimits(PointSpread spread, int count) =>
            _baseline.Spread == SubgroupSpread.Range && count > SubgroupBaseline.LargestForRange
                ? spread
                : spread with { Centre = _baseline.SpreadLine(0, count), Lower = _baseline.SpreadLine(-Width, count), Upper = _baseline.SpreadLine(Width, count) };
    }
}
