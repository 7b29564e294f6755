using LLMscope.Spc;
using LLMscope.Spc.Individuals;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>Individual values and moving ranges.</summary>
internal sealed class IndividualsKind : IChartKind
{
    public static IndividualsKind Instance { get; } = new();

    public (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected) =>
        (collected.Count >= plan.BaselinePoints, plan.BaselinePoints);

    public BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var values = collected.Select(point => point.Value).ToArray();
        var baseline = IndividualsBaseline.Estimate(values, plan.Transform);
        var remarks = new List<string>();
        if (baseline.Problem == BaselineProblem.NonPositiveValue)
        {
            baseline = IndividualsBaseline.Estimate(values, Transform.None);
            remarks.Add("Judged on its own scale, not the logarithm, since some values are zero or negative.");
        }

        if (!baseline.HasLimits)
            return new BaselineProposal { Problem = ProblemText(baseline.Problem) };

        if (!double.IsFinite(baseline.Sigma) || !double.IsFinite(baseline.Limits.Lower3) || !double.IsFinite(baseline.Limits.Upper3))
            return new BaselineProposal { Problem = "The values lie so far apart that limits would be beyond all numbers; collecting goes on." };

        remarks.AddRange(Enum.GetValues<BaselineWarnings>().Where(warning => warning != BaselineWarnings.None && baseline.Warnings.HasFlag(warning)).Select(WarningText));
        return new BaselineProposal
        {
            Transform = baseline.Transform,
            Count = baseline.Count,
            Units = baseline.Count,
            Centre = baseline.Centre,
            Sigma = baseline.Sigma,
            Zones = baseline.Limits,
            MovingRangeCentre = baseline.MovingRangeCentre,
            MovingRangeUpper = baseline.MovingRangeLimit,
            Excluded = [.. baseline.Excluded.Select(value => new ExcludedPoint(collected[value.Index].Number, value.Value, ReasonText(value.Reason)))],
            Remarks = remarks,
        };
    }

    public IPointJudge JudgeBy(Baseline baseline, RuleSet rules) =>
        new Judging(baseline.Zones ?? throw new InvalidDataException($"Baseline {baseline.Id} of an individuals chart has no zone lines."), rules);

    private static string ProblemText(BaselineProblem problem) => problem switch
    {
        BaselineProblem.NoVariation => "All values are the same, so there is nothing to measure a deviation with; collecting goes on.",
        BaselineProblem.TooFewValues => "Too few values; collecting goes on.",
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
        _ => "missing",
    };

    private sealed class Judging(ZoneLimits limits, RuleSet rules) : IPointJudge
    {
        private readonly NelsonRules _rules = new(limits, rules);

        public (ZoneLimits Limits, RuleSignals Signals) Judge(double value, int count) => (limits, _rules.Judge(value));

        public void Break() => _rules.Break();
    }
}
