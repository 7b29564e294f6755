using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Judging;
using LLMscope.Spc.RareEvents;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>The seconds from one event to the next (t chart), for events too rare to be counted in intervals. Low values are the bad ones.</summary>
internal sealed class TimeBetweenKind() : BetweenKind(ChartKind.TimeBetween, PointSource.Events, TimeBetweenBaseline.FewestTimes)
{
    // The standard error of the shape of a Weibull distribution is 0.78 of it over the root of n; beyond, chance is one baseline in a hundred.
    private const double ShapeError = 2.576 * 0.78;

    public static TimeBetweenKind Instance { get; } = new();

    public override RuleSet Rules => TimeBetweenBaseline.SuitableRules;

    public override Unit UnitOf(Characteristic characteristic) => Unit.Seconds;

    public override BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        double[] times = [.. collected.Select(point => point.Value)];
        if (TimeBetweenBaseline.Estimate(times, TimeBetweenModel.Exponential, out var problem) is not { } exponential)
            return BaselineProposal.Without(ProblemText(problem));

        var weibull = TimeBetweenBaseline.Estimate(times, TimeBetweenModel.Weibull, out problem);
        var isWeibull = weibull is not null && Math.Abs(Math.Log(weibull.Shape)) > ShapeError / Math.Sqrt(times.Length);
        var baseline = isWeibull ? weibull! : exponential;
        return BaselineProposal.Of(new BaselineEstimate
        {
            Count = baseline.Times,
            Units = baseline.Times,
            Events = baseline.Times,
            Centre = baseline.Line(0),
            Sigma = (baseline.Line(1) - baseline.Line(-1)) / 2,
            TimeBetween = baseline,
            Remarks =
            [
                isWeibull
                    ? $"The times are charted by a Weibull distribution of shape {baseline.Shape:0.##}: events come {(baseline.Shape < 1 ? "in clusters" : "more evenly than by chance")}."
                    : problem == RareEventProblem.ZeroTime
                        ? "The times are charted by an exponential distribution, that of events at a constant rate; some are zero, so that no other can be fitted."
                        : "The times are charted by an exponential distribution, that of events at a constant rate.",
                $"The limits are its quantiles, estimated from {baseline.Times} times, which leaves them uncertain by about {1 / Math.Sqrt(baseline.Times):0 %}. Short times are the bad ones: the event has become more frequent.",
                "A point comes with an event. While there is none there is no point, and a violation stays open until events come at their usual pace again or someone resolves it; time in which nothing was measured counts as time without an event.",
            ],
        });
    }

    public override Detection Detect(ChartPlan plan, Baseline baseline) => BudgetedRules.Detect(plan.Choices.Budget, baseline.MeanInterval, plan.Rules);

    public override IPointJudge JudgeBy(Baseline baseline, Detection detection) =>
        new QuantileJudge(TimesOf(baseline).Line, TimesOf(baseline).LinesFor(detection.Parameters), detection);

    public override IKindOutlook OutlookOf(Baseline baseline, IReadOnlyList<(int Size, long Points)> sizes) =>
        new GapOutlook(BetweenOutlook.Of(TimesOf(baseline)), TimesOf(baseline).Line, detection => JudgeBy(baseline, detection));

    private static TimeBetweenBaseline TimesOf(Baseline baseline) =>
        baseline.Estimate.TimeBetween ?? throw new InvalidDataException($"Baseline {baseline.Id} of a chart of times between events has no distribution.");

    private static string ProblemText(RareEventProblem problem) => problem switch
    {
        RareEventProblem.NoVariation => "All times are the same, so there is nothing to measure a deviation with; collecting goes on.",
        RareEventProblem.TooFewGaps => "Too few events; collecting goes on.",
        _ => "A time is negative or endless; collecting goes on.",
    };
}
