using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Multivariate;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>
/// Several characteristics of one source as one: Hotelling's T2 of each interval, or T2 of the moving averages (MEWMA). There is an upper limit alone, which
/// follows from the budget; a point has no T2 before there is a baseline.
/// </summary>
internal sealed class JointChartKind : IChartKind
{
    private readonly ChartKind _kind;
    private readonly JointKind _plots;

    private JointChartKind(ChartKind kind, JointKind plots, RuleSet rules) => (_kind, _plots, Rules) = (kind, plots, rules);

    public static JointChartKind T2 { get; } = new(ChartKind.HotellingT2, JointKind.T2, RuleSet.R1);

    public static JointChartKind Mewma { get; } = new(ChartKind.Mewma, JointKind.Mewma, RuleSet.Ewma);

    public PointSource Source => PointSource.Subgroups;

    public int ConfirmedPoints => PhaseOne.ConfirmedValues;

    public RuleSet Rules { get; }

    public bool Suits(CharacteristicNature nature) => nature == CharacteristicNature.Joint;

    public ChartPlan Usual(Characteristic characteristic) => new(_kind, Transform.None, ChartPlan.ProportionSubgroup, Rules, ChartPlan.UsualBaselinePoints);

    public (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected) =>
        (collected.Count >= plan.BaselinePoints, plan.BaselinePoints);

    public BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var characteristics = ChoiceOf(plan).Characteristics;
        ChartPoint[] points = [.. collected.Where(point => point.Joint?.Values.Count == characteristics.Count)];
        var result = JointPhaseOne.Analyse(RowsOf(points, characteristics.Count));
        if (result.Baseline is not { } baseline)
        {
            var subject = result.ProblemVariable is { } variable ? JointWords.TitleOf(characteristics[variable]) : "the baseline";
            return BaselineProposal.Without($"{char.ToUpperInvariant(subject[0])}{subject[1..]} {result.Problem}. Collecting goes on.");
        }

        var remarks = new List<string> { "T2 has an upper limit alone: how far all characteristics together may lie from their mean, given how they vary and go with each other." };
        remarks.AddRange(result.Remarks);
        if (JointFit.WarningOf(baseline, LambdaOf(plan)) is { } warning)
            remarks.Add(warning);
        return BaselineProposal.Of(new BaselineEstimate
        {
            Count = baseline.Count,
            Units = baseline.Count,
            Centre = baseline.PhaseTwoLimit(0.5, LambdaOf(plan)),
            Sigma = Math.Sqrt(2.0 * baseline.Variables),
            Joint = new JointModel(characteristics, baseline.Count, baseline.Estimator, baseline.Mean, baseline.Covariance),
            Excluded = [.. result.Excluded.Select(index => new ExcludedPoint(points[index].Number, baseline.T2([.. points[index].Joint!.Values]), "far from the other points"))],
            Remarks = remarks,
        });
    }

    public Detection Detect(ChartPlan plan, Baseline baseline)
    {
        var points = plan.Choices.Budget.PointsBetweenAlarms(Math.Max(plan.Subgroup.TotalSeconds, 1e-3)) is { } asked
            ? Math.Clamp(asked, Calibration.FewestPoints, 1e9)
            : JointFit.ClassicPoints;
        return new Detection
        {
            Alerting = plan.Rules & Rules,

            // R1 at this width is as rare as a T2 beyond its limit.
            Parameters = RuleParameters.Default with { K1 = BudgetedRules.WidthOfR1(plan.Choices.Budget, plan.Subgroup) },
            Joint = JointFit.For(_plots, ModelOf(baseline).Baseline(), points, LambdaOf(plan)),
        };
    }

    public IPointJudge JudgeBy(Baseline baseline, Detection detection) => new Judging(
        new MewmaChart(ModelOf(baseline).Baseline(), detection.Joint ?? throw new InvalidDataException($"The detection with baseline {baseline.Id} has no limit.")),
        baseline.Estimate.Centre, detection, Rules);

    // How far limits from few points of several characteristics are off is not computed.
    public IKindOutlook? OutlookOf(Baseline baseline, IReadOnlyList<(int Size, long Points)> sizes) => null;

    private static JointChoice ChoiceOf(ChartPlan plan) => plan.Choices.Joint ?? throw new InvalidDataException("A joint chart does not say what it charts.");

    private static JointModel ModelOf(Baseline baseline) => baseline.Estimate.Joint ?? throw new InvalidDataException($"Baseline {baseline.Id} of a joint chart has no model.");

    private static double[,] RowsOf(ChartPoint[] points, int width)
    {
        var rows = new double[points.Length, width];
        foreach (var (index, point) in points.Index())
        {
            for (var column = 0; column < width; column++)
                rows[index, column] = point.Joint!.Values[column];
        }

        return rows;
    }

    private double LambdaOf(ChartPlan plan) => _plots == JointKind.T2 ? 1 : ChoiceOf(plan).Lambda;

    private sealed class Judging(MewmaChart chart, double centre, Detection detection, RuleSet rule) : IPointJudge
    {
        private readonly bool _averages = detection.Joint!.Lambda < 1;
        private readonly bool _signals = (detection.Judged & rule) != RuleSet.None;

        public PointVerdict Judge(ChartPoint point)
        {
            if (point.Joint is not { } joint)
                return PointVerdict.NotJudged;

            var judged = chart.Step([.. joint.Values]);
            var (contributions, deviations) = (new double[joint.Values.Count], new double[joint.Values.Count]);
            chart.Contributions(contributions);
            chart.Deviations(deviations);
            return new PointVerdict(
                centre, 0, detection.Joint!.Limit, _signals && judged.IsSignal ? default(RuleSignals).With(rule, Direction.Up) : default, Value: judged.T2,
                Joint: joint with { Averages = _averages ? chart.Memory : null, Contributions = contributions, Deviations = deviations });
        }

        public void Recall(ChartPoint point)
        {
            if (point.Joint?.Averages is { } averages)
                chart.Memory = averages;
        }

        public void Break() => chart.Break();
    }
}
