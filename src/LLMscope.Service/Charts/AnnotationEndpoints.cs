using System.ComponentModel.DataAnnotations;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using LLMscope.Service.Samples;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Charts;

/// <summary>Markers in time: a deploy, a change of model, a comment.</summary>
internal static class AnnotationEndpoints
{
    public static void MapAnnotations(this IEndpointRouteBuilder routes)
    {
        var annotations = routes.MapGroup("/api/v1/annotations").WithTags("Annotations").DisableAntiforgery();
        annotations.MapPost("/", AddAsync).WithSummary("Marks a time on all charts, those of one model, or one chart.");
        annotations.MapGet("/", ListAsync).WithSummary("The annotations of a time, oldest first.");
    }

    private static async Task<Results<Created<AnnotationResponse>, ValidationProblem>> AddAsync(
        AnnotationRequest request, AnnotationBook book, ChartBoard board, ChartControl control, TimeProvider clock, CancellationToken cancellation)
    {
        var kind = request.Kind ?? Annotation.Comment;
        if (!Annotation.Kinds.Contains(kind, StringComparer.Ordinal))
            return FieldFaults.One("kind", $"must be one of {string.Join(", ", Annotation.Kinds)}");
        if (request.ChartId is { } chart && board.Find(chart) is null)
            return FieldFaults.One("chartId", "names no chart");
        if (request.Text.Any(char.IsControl))
            return FieldFaults.One("text", "must not contain control characters");
        if (request.Model?.Any(char.IsControl) == true)
            return FieldFaults.One("model", "must not contain control characters");
        if (request.Time < DateTimeOffset.UnixEpoch)
            return FieldFaults.One("time", "must not be before 1970");

        var time = EventTime.WholeMicroseconds(request.Time ?? clock.GetUtcNow());
        var added = await book.AddAsync(time, kind, request.Text, request.ChartId, request.Model, demo: false, cancellation);
        await control.DeclareAsync(added, cancellation);
        return TypedResults.Created($"/api/v1/annotations?from={added.Time:O}", AnnotationResponse.Of(added));
    }

    private static async Task<AnnotationList> ListAsync(
        DateTimeOffset? from, DateTimeOffset? to, AnnotationBook book, TimeProvider clock, CancellationToken cancellation)
    {
        var end = (to ?? clock.GetUtcNow().AddMinutes(1)).UtcDateTime;
        var listed = await book.ListAsync(from?.UtcDateTime ?? (end > DateTime.UnixEpoch ? end.AddDays(-1) : end), end, null, cancellation);
        return new AnnotationList([.. listed.Select(AnnotationResponse.Of)]);
    }
}

/// <param name="Time">RFC 3339; now where it is left out.</param>
/// <param name="Kind">deploy, model_change, baseline_change or comment.</param>
/// <param name="ChartId">The one chart that it belongs to.</param>
/// <param name="Model">The model whose charts it belongs to; all charts where this and the chart are left out.</param>
public sealed record AnnotationRequest(
    DateTimeOffset? Time, string? Kind, [property: Required, StringLength(500, MinimumLength = 1)] string Text, int? ChartId, [property: StringLength(200)] string? Model);

public sealed record AnnotationList(IReadOnlyList<AnnotationResponse> Annotations);
