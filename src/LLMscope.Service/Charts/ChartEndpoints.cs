using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Charts;

/// <summary>Series and charts to read.</summary>
internal static class ChartEndpoints
{
    private const int UsualPoints = 4_000;
    private const int MostPoints = 20_000;
    private static readonly TimeSpan UsualWindow = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(3_660);

    public static void MapCharts(this IEndpointRouteBuilder routes)
    {
        var charts = routes.MapGroup("/api/v1").WithTags("Charts");
        charts.MapGet("/series", (SeriesCatalog catalog) => new SeriesList([.. catalog.All.OrderBy(series => series.Id).Select(SeriesResponse.Of)]))
            .WithSummary("All series.");
        charts.MapGet("/charts", (ChartBoard board, TimeProvider clock) => new ChartList([.. board.Summaries.Select(chart => ChartResponse.Of(chart, clock.GetUtcNow()))]))
            .WithSummary("All charts as they are now.");
        charts.MapGet("/charts/{id:int}", FindAsync).WithSummary("One chart with all its baselines.");
        charts.MapGet("/charts/{id:int}/points", PointsAsync)
            .WithSummary("The points of a time with the limits that judged them. Thinned beyond `most`, but never by a signalled point.");
    }

    private static async Task<Results<Ok<ChartResponse>, NotFound>> FindAsync(
        int id, ChartBoard board, BaselineBook baselines, TimeProvider clock, CancellationToken cancellation)
    {
        if (board.Find(id) is not { } chart)
            return TypedResults.NotFound();

        return TypedResults.Ok(ChartResponse.Whole(chart, await baselines.ListAsync(id, cancellation), clock.GetUtcNow()));
    }

    private static async Task<Results<Ok<PointsResponse>, NotFound, ProblemHttpResult>> PointsAsync(
        int id, DateTimeOffset? from, DateTimeOffset? to, int? most,
        ChartBoard board, PointHistory history, BaselineBook baselines, AnnotationBook annotations, TimeProvider clock, CancellationToken cancellation)
    {
        if (board.Find(id) is not { } chart)
            return TypedResults.NotFound();

        var end = (to ?? clock.GetUtcNow().AddMinutes(1)).UtcDateTime;
        var start = from?.UtcDateTime ?? (end > DateTime.UnixEpoch ? end - UsualWindow : end);
        if (start >= end || end - start > LongestWindow)
            return TypedResults.Problem($"'from' must be before 'to', by {LongestWindow.TotalDays:0} days at most.", statusCode: StatusCodes.Status400BadRequest, title: "The window is wrong.");
        if (most is < 10 or > MostPoints)
            return TypedResults.Problem($"'most' must be from 10 to {MostPoints}.", statusCode: StatusCodes.Status400BadRequest, title: "The number of points is wrong.");

        var window = await history.WindowAsync(id, start, end, most ?? UsualPoints, cancellation);
        var used = window.Points.Select(point => point.BaselineId).ToHashSet();
        var all = await baselines.ListAsync(id, cancellation);
        var marked = await annotations.ListAsync(start, end, chart, cancellation);
        return TypedResults.Ok(new PointsResponse(
            id, start, end, window.Total, [.. window.Points.Select(PointResponse.Of)],
            [.. all.Where(baseline => used.Contains(baseline.Id) || baseline.To >= start).Select(baseline => BaselineResponse.Of(baseline, chart.Unit.Base))],
            [.. marked.Select(AnnotationResponse.Of)]));
    }
}
