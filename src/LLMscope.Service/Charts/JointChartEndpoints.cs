using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Charts;

/// <summary>Charts of several characteristics of one source: to begin and to remove. Everything else is as with any chart.</summary>
internal static class JointChartEndpoints
{
    public static void MapJointCharts(this IEndpointRouteBuilder routes)
    {
        var joint = routes.MapGroup("/api/v1/joint-charts").WithTags("Charts").DisableAntiforgery();
        joint.MapPost("/", BeginAsync).WithSummary("Begins a chart of several characteristics of one source together. Its points are made of what is measured from now on.");
        joint.MapDelete("/{id:int}", RemoveAsync).WithSummary("Removes a joint chart with its points, baselines and violations; the charts of its characteristics stay.");
    }

    private static async Task<Results<Created<ChartResponse>, NotFound, ValidationProblem, ProblemHttpResult>> BeginAsync(
        JointChartRequest request, JointCharts joint, TimeProvider clock, CancellationToken cancellation)
    {
        if (request.Characteristics.Any(name => name is null))
            return FieldFaults.One("characteristics", "must be names");

        return await joint.BeginAsync(request.ChartId, request.ToDraft(), cancellation) switch
        {
            { Chart: { } chart } => TypedResults.Created($"/api/v1/charts/{chart.Id}", ChartResponse.Whole(chart, [], clock.GetUtcNow())),
            { Problems: { Count: > 0 } problems } => TypedResults.ValidationProblem(FieldFaults.Of(problems)),
            { Conflict: { } conflict } => TypedResults.Problem(conflict, statusCode: StatusCodes.Status409Conflict, title: "No chart was begun."),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<Results<NoContent, NotFound>> RemoveAsync(int id, JointCharts joint, CancellationToken cancellation) =>
        await joint.RemoveAsync(id, cancellation) ? TypedResults.NoContent() : TypedResults.NotFound();
}

/// <param name="ChartId">Any chart of the source.</param>
/// <param name="Characteristics">Two to eight of that source, by name.</param>
/// <param name="Kind">hotellingT2, for a large change at once, or mewma, for a small one that lasts; the former where it is left out.</param>
/// <param name="Name">What it is called; its characteristics where it is left out.</param>
/// <param name="SubgroupSeconds">The time of one point; 60 where it is left out.</param>
/// <param name="Lambda">How much the newest point counts in a mewma; 0.1 where it is left out.</param>
/// <param name="Budget">quiet, normal, sensitive, classic, or falseAlarms per hour, day, week or month.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record JointChartRequest(
    [property: JsonRequired] int ChartId, [property: Required] IReadOnlyList<string> Characteristics, string? Kind, string? Name, double? SubgroupSeconds, double? Lambda,
    BudgetText? Budget)
{
    internal JointDraft ToDraft() => new(Characteristics)
    {
        Kind = Kind,
        Name = Name?.Trim(),
        SubgroupSeconds = SubgroupSeconds,
        Lambda = Lambda,
        Budget = Budget?.Text,
    };
}
