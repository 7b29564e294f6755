using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Individuals;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>Individual values, or the means of time subgroups, judged by a model of the process that was frozen with their baseline.</summary>
internal sealed class IndividualsKind : IChartKind
{
    public static IndividualsKind Instance { get; } = new();

    public PointSource Source => PointSource.Samples;

    public int ConfirmedPoints => PhaseOne.ConfirmedValues;

    public RuleSet Rules => ChartPlan.Everything;

    public bool Suits(CharacteristicNature nature) => nature != CharacteristicNature.Joint;

    // Single events are 0 or 1; their shares in intervals are individual values.
    public ChartPlan Usual(Characteristic characteristic) => new(
        ChartKind.Individuals, characteristic.Transform, characteristic.Nature == CharacteristicNature.Event ? ChartPlan.ProportionSubgroup : TimeSpan.Zero,
        Rules, ChartPlan.UsualBaselinePoints);

    public (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected) =>
        (collected.Count >= plan.BaselinePoints, plan.BaselinePoints);

    public BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var values = collected.Select(point => point.Value).ToArray();
        var contexts = collected.Select(point => point.Context).ToArray();
        var result = PhaseOne.Analyse(values, contexts, OptionsOf(plan, plan.Transform));
        var remarks = new List<string>();
        if (result.Problem == BaselineProblem.NonPositiveValue)
        {
            result = PhaseOne.Analyse(values, contexts, OptionsOf(plan, Transform.None));
            remarks.Add("Judged on its own scale, not the logarithm, since some values are zero or negative.");
        }

        if (result.Model is not { } model)
            return BaselineProposal.Without(ProblemText(result.Problem));

        var (lower, centre, upper) = (model.Line(-1), model.Line(0), model.Line(1));
        var sigma = (upper - lower) / 2;
        var zones = model.HasConstantLimits ? ZoneLimits.From(k => model.Draw(model.Line(k), 0)) : (ZoneLimits?)null;
        if (!double.IsFinite(sigma) || (zones is { } lines && !(double.IsFinite(lines.Lower3) && double.IsFinite(lines.Upper3))))
            return BaselineProposal.Without("The values lie so far apart that limits would be beyond all numbers; collecting goes on.");

        remarks.AddRange(result.Reasons);
        remarks.AddRange(Enum.GetValues<BaselineWarnings>().Where(warning => warning != BaselineWarnings.None && result.Warnings.HasFlag(warning)).Select(WarningText));
        return BaselineProposal.Of(new BaselineEstimate
        {
            Transform = model.Transform,
            Count = model.Count,
            Units = model.Count,
            Centre = centre,
            Sigma = sigma,
            Zones = zones,
            MovingRangeCentre = ChartConstants.D2 * sigma,
            MovingRangeUpper = ChartConstants.D4 * ChartConstants.D2 * sigma,
            Model = model,
            Excluded = [.. result.Excluded.Select(value => new ExcludedPoint(collected[value.Index].Number, value.Value, ReasonText(value.Reason)))],
            Remarks = remarks,
        });
    }

    public Detection Detect(ChartPlan plan, Baseline baseline) =>
        DetectionDesign.For(plan.Choices.Budget, baseline.MeanInterval, ModelOf(baseline), plan.Rules);

    public IPointJudge JudgeBy(Baseline baseline, Detection detection) => new Judging(new ProcessJudge(ModelOf(baseline), detection));

    public IKindOutlook OutlookOf(Baseline baseline, IReadOnlyList<(int Size, long Points)> sizes) => new IndividualsOutlook(baseline, ModelOf(baseline));

    private static ProcessModel ModelOf(Baseline baseline) =>
        baseline.Estimate.Model ?? throw new InvalidDataException($"Baseline {baseline.Id} of an individuals chart has no model.");

    private static PhaseOneOptions OptionsOf(ChartPlan plan, Transform scale) => new()
    {
        Transform = plan.Choices.Transform,
        Scale = scale,
        Predictor = plan.Choices.Predictor,
        SigmaFloor = plan.Choices.SigmaFloor,
    };

    private static string ProblemText(BaselineProblem problem) => problem switch
    {
        BaselineProblem.NoVariation => "All values are the same, so there is nothing to measure a deviation with; collecting goes on.",
        BaselineProblem.TooFewValues => "Too few values; collecting goes on.",
        BaselineProblem.InfiniteValue => "The values lie so far apart that limits would be beyond all numbers; collecting goes on.",
        _ => $"No limits can be estimated ({problem}); collecting goes on.",
    };

    private static string WarningText(BaselineWarnings warning) => warning switch
    {
        BaselineWarnings.Skewed => "The values are skewed on the scale of the chart: expect more false alarms from the long tail.",
        BaselineWarnings.Autocorrelated => "Neighbouring values resemble each other: expect more false alarms from runs.",
        BaselineWarnings.Rounded => "The values are rounded visibly; the limits lie between representable values.",
        BaselineWarnings.TooCoarse => "The values are rounded so coarsely that R3, R4 and R7 mean nothing.",
        BaselineWarnings.ManyOutliers => "More values lie far out than may be excluded; some of them are in the limits.",
        _ => warning.ToString(),
    };

    private static string ReasonText(ExclusionReason reason) => reason switch
    {
        ExclusionReason.FarFromMedian => "more than 5 robust standard deviations from the median",
        ExclusionReason.Incident => "part of an incident, several far-out values close to each other",
        ExclusionReason.OtherLevel => "before or after a change of the level",
        ExclusionReason.Violation => "part of a violation",
        _ => "missing",
    };

    private sealed class Judging(ProcessJudge judge) : IPointJudge
    {
        private readonly bool _foretells = !judge.Model.HasConstantLimits;
        private readonly bool _sums = judge.Detection.Judged.HasFlag(RuleSet.Cusum);
        private readonly bool _averages = judge.Detection.Judged.HasFlag(RuleSet.Ewma);
        private ProcessMemory _memory = judge.Start();

        public PointVerdict Judge(ChartPoint point)
        {
            var judged = judge.Judge(ref _memory, point.Value, point.Context);
            if (judged.IsMissing)
                return PointVerdict.NotJudged;

            var (centre, lower, upper) = judge.ControlLimitsAt(judged.Expected);
            return new PointVerdict(
                centre, lower, upper, judged.Signals, _foretells ? judged.Expected : null,
                _sums ? _memory.Cusum.Upper : null, _sums ? _memory.Cusum.Lower : null, _averages ? _memory.Ewma.Average : null, judged.ChangeBegan);
        }

        public void Recall(ChartPoint point)
        {
            if (point.BaselineId is not null)
                judge.Recall(ref _memory, point.Value, point.Context, new RecalledSums(point.Expected ?? 0, point.CusumUp ?? 0, point.CusumDown ?? 0, point.Ewma ?? 0));
        }

        public double UsualAt(ChartPoint point) => _foretells ? judge.Model.UsualAt(point.Context) : point.Centre!.Value;

        public void Break() => judge.Break(ref _memory);
    }
}
