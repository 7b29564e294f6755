using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Charts;

/// <summary>Changes of a chart: its plan, a new baseline, what to do with a proposed one.</summary>
internal static class PlanEndpoints
{
    // Until there are users, whoever reaches the API may act; what they call themselves is recorded.
    private const string Somebody = "api";

    public static void MapPlans(this IEndpointRouteBuilder routes)
    {
        var charts = routes.MapGroup("/api/v1/charts/{id:int}").WithTags("Charts").DisableAntiforgery();
        charts.MapPut("/plan", PlanAsync).WithSummary("Changes any part of the plan. Other limits are estimated at once from the points of the baseline, or collected anew.");
        charts.MapPost("/baselines", RebaselineAsync).WithSummary("Freezes a new baseline of the points of a time; without one it begins to collect it.");
        charts.MapPost("/proposal/accept", AcceptAsync).WithSummary("Takes the proposed baseline.");
        charts.MapPost("/proposal/dismiss", DismissAsync).WithSummary("Keeps the baseline in force.");
    }

    private static async Task<Results<Ok<ChartResponse>, NotFound, ValidationProblem, ProblemHttpResult>> PlanAsync(
        int id, PlanRequest request, string? by, ChartBoard board, ChartControl control, BaselineBook baselines, TimeProvider clock, CancellationToken cancellation)
    {
        if (board.Find(id) is not { } chart)
            return TypedResults.NotFound();

        var (draft, characteristic) = (request.ToDraft(), chart.Series.Characteristic);
        if (draft.Problems(characteristic, chart.Plan) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(FieldFaults.Of(problems));
        if (Wrong(by) is { } wrong)
            return wrong;

        return await ToldAsync(await control.PlanAsync(id, plan => draft.ApplyTo(plan, characteristic), by ?? Somebody, cancellation), baselines, clock, cancellation);
    }

    private static async Task<Results<Ok<ChartResponse>, NotFound, ValidationProblem, ProblemHttpResult>> RebaselineAsync(
        int id, BaselineRequest request, ChartControl control, BaselineBook baselines, TimeProvider clock, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Any(char.IsControl))
            return FieldFaults.One("reason", "must say why, without control characters");
        if (Wrong(request.By) is { } wrong)
            return wrong;
        if (request.From < DateTimeOffset.UnixEpoch || request.To < DateTimeOffset.UnixEpoch)
            return FieldFaults.One(request.From < DateTimeOffset.UnixEpoch ? "from" : "to", "must not be before 1970");
        if (request.From >= request.To)
            return FieldFaults.One("from", "must be before 'to'");

        return await ToldAsync(
            await control.RebaselineAsync(id, request.From?.UtcDateTime, request.To?.UtcDateTime, request.By ?? Somebody, request.Reason.Trim(), cancellation),
            baselines, clock, cancellation);
    }

    private static async Task<Results<Ok<ChartResponse>, NotFound, ValidationProblem, ProblemHttpResult>> AcceptAsync(
        int id, ProposalAnswer? request, ChartControl control, BaselineBook baselines, TimeProvider clock, CancellationToken cancellation) =>
        Wrong(request?.By) is { } wrong ? wrong : await ToldAsync(await control.AcceptProposalAsync(id, request?.By ?? Somebody, cancellation), baselines, clock, cancellation);

    private static async Task<Results<Ok<ChartResponse>, NotFound, ValidationProblem, ProblemHttpResult>> DismissAsync(
        int id, ChartControl control, BaselineBook baselines, TimeProvider clock, CancellationToken cancellation) =>
        await ToldAsync(await control.DismissProposalAsync(id, cancellation), baselines, clock, cancellation);

    private static async Task<Results<Ok<ChartResponse>, NotFound, ValidationProblem, ProblemHttpResult>> ToldAsync(
        ChartAnswer answer, BaselineBook baselines, TimeProvider clock, CancellationToken cancellation) => answer switch
        {
            { Chart: null } => TypedResults.NotFound(),
            { Problem: { } problem } => TypedResults.Problem(problem, statusCode: StatusCodes.Status409Conflict, title: "The chart stays as it is."),
            { Chart: { } chart } => TypedResults.Ok(ChartResponse.Whole(chart, await baselines.ListAsync(chart.Id, cancellation), clock.GetUtcNow())),
        };

    private static ValidationProblem? Wrong(string? by) =>
        by?.Length > 200 || by?.Any(char.IsControl) == true ? FieldFaults.One("by", "must have at most 200 characters, none of them a control character") : null;
}

/// <param name="From">The first moment of its points; without this and the other a baseline is collected anew.</param>
/// <param name="To">The first moment after them; now where it is left out.</param>
/// <param name="Reason">Why, for those who read it later.</param>
/// <param name="By">Who.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BaselineRequest(DateTimeOffset? From, DateTimeOffset? To, [property: Required, StringLength(500, MinimumLength = 1)] string Reason, string? By);

/// <param name="By">Who accepts.</param>
public sealed record ProposalAnswer(string? By);
