using LLMscope.Monitoring.Charts;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Charts;

/// <summary>What is to be expected of a chart: false alarms, a test on its own baseline, how soon a shift is seen.</summary>
internal static class OutlookEndpoints
{
    private const string Week = "week";

    public static void MapOutlooks(this IEndpointRouteBuilder routes)
    {
        var charts = routes.MapGroup("/api/v1/charts/{id:int}").WithTags("Charts");
        charts.MapGet("/expected-false-alarms", FalseAlarmsAsync).WithSummary("False alarms to expect in an hour, day, week or month, now and with other rules or another budget.");
        charts.MapGet("/self-test", SelfTestAsync).WithSummary("Runs the detection over the points of its own baseline, drawn in blocks, and counts violations.");
        charts.MapGet("/detection-delay", DelayAsync).WithSummary("How soon a lasting shift is seen on average: 50ms, 10%, 1sd.");
    }

    private static async Task<Results<Ok<FalseAlarmResponse>, NotFound, ValidationProblem, ProblemHttpResult>> FalseAlarmsAsync(
        int id, string? rules, string? budget, string? per, ChartBoard board, ChartOutlook outlook, CancellationToken cancellation)
    {
        if (board.Find(id) is not { } chart)
            return TypedResults.NotFound();

        var draft = new PlanDraft { Rules = rules?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Budget = string.IsNullOrEmpty(budget) ? null : budget };
        var faults = FieldFaults.Of(draft.Problems(chart.Series.Characteristic, chart.Plan));
        if (FalseAlarmBudgetText.LengthOf(per ?? Week) is not { } time)
            return Fault(faults, "per", $"must be one of {string.Join(", ", FalseAlarmBudgetText.Periods)}");
        if (faults.Count > 0)
            return TypedResults.ValidationProblem(faults);
        if (await outlook.OfAsync(chart, cancellation) is not { } expected)
            return NothingJudged(chart);

        var wanted = draft.ApplyTo(chart.Plan, chart.Series.Characteristic);
        return TypedResults.Ok(new FalseAlarmResponse(
            id, per ?? Week, ChartOutlook.PointsIn(time, expected.Baseline), expected.Baseline.Estimate.Count, expected.Baseline.Confirmed,
            Outlook(expected, chart.Plan, null, time), Outlook(expected, wanted, draft, time)));
    }

    private static async Task<Results<Ok<SelfTestResponse>, NotFound, ProblemHttpResult>> SelfTestAsync(
        int id, ChartBoard board, ChartOutlook outlook, CancellationToken cancellation)
    {
        if (board.Find(id) is not { } chart)
            return TypedResults.NotFound();
        if (await outlook.OfAsync(chart, cancellation) is not { } expected)
            return NothingJudged(chart);
        if (await expected.SelfTestAsync(cancellation) is not { } test)
            return Conflict("Too few points of the baseline are still kept.");

        var week = TimeSpan.FromDays(7);
        var points = ChartOutlook.PointsIn(week, expected.Baseline);
        return TypedResults.Ok(new SelfTestResponse(
            id, Week, test.Points, test.Alarms, test.BlockLength, test.Values,
            IntervalResponse.Of(test.Rate.Map(rate => rate * points)), BandResponse.Of(expected.FalseAlarms(expected.Detection, week))));
    }

    private static async Task<Results<Ok<DelayResponse>, NotFound, ValidationProblem, ProblemHttpResult>> DelayAsync(
        int id, string? shift, ChartBoard board, ChartOutlook outlook, CancellationToken cancellation)
    {
        if (board.Find(id) is not { } chart)
            return TypedResults.NotFound();

        var unit = chart.Unit;
        if (WantedShift.Find(shift, unit) is not { } wanted)
            return Fault([], "shift", $"must be {WantedShift.Allowed(unit)}");
        if (await outlook.OfAsync(chart, cancellation) is not { } expected)
            return NothingJudged(chart);

        var delay = expected.Delay(wanted);
        if (!double.IsFinite(delay.Shifted))
            return Fault([], "shift", "leads to values that the scale of the chart does not have");

        var interval = expected.Baseline.MeanInterval.TotalSeconds * delay.Pace;
        var alerting = expected.Detection.Alerting;
        return TypedResults.Ok(new DelayResponse(
            id, shift!, delay.Centre, delay.Shifted, delay.InSigma,
            Seen(alerting & RuleSet.All, delay.Delay.Rules, interval), Seen(RuleSet.Cusum, delay.Delay.Cusum, interval), Seen(RuleSet.Level, delay.Delay.Level, interval),
            delay.Delay.IsSimulated));
    }

    private static OutlookResponse Outlook(ChartExpectation expected, ChartPlan plan, PlanDraft? draft, TimeSpan time)
    {
        var detection = expected.Detect(draft?.Rules is null ? null : plan.Rules, draft?.Budget is null ? null : plan.Choices.Budget);
        return new OutlookResponse(
            Names(plan.Rules), FalseAlarmBudgetText.Of(plan.Choices.Budget), Names(detection.Alerting), Names(detection.Diagnosing),
            BandResponse.Of(expected.FalseAlarms(detection, time)));
    }

    private static SeenResponse? Seen(RuleSet by, double? points, double interval) => points is not { } known ? null
        : double.IsFinite(known) ? new SeenResponse(Names(by), known, known * interval)
        : new SeenResponse(Names(by), null, null);

    private static string[] Names(RuleSet rules) => [.. rules.Each().Select(RuleText.Name)];

    private static ProblemHttpResult NothingJudged(ChartSummary chart) => Conflict(
        chart.Plan.Kind == ChartKind.Record ? "This chart only records; nothing is judged."
        : chart.Baseline is null ? "The baseline is still being collected; nothing is judged yet."
        : "The limit of a joint chart keeps its budget where points are independent and normal; what is to be expected otherwise is not computed.");

    private static ProblemHttpResult Conflict(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "There is nothing to compute from.");

    private static ValidationProblem Fault(Dictionary<string, string[]> faults, string field, string message)
    {
        faults[field] = [message];
        return TypedResults.ValidationProblem(faults);
    }
}
