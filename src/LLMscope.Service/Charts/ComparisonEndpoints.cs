using LLMscope.Monitoring.Charts;
using LLMscope.Spc.Comparison;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Charts;

/// <summary>Two periods of one chart, before and after a deploy, or the same period of two charts.</summary>
internal static class ComparisonEndpoints
{
    public static void MapComparisons(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/charts/{id:int}/comparison", CompareAsync)
        .WithTags("Charts")
        .WithSummary("Median, p95 and errors: after a time against before it (`at`), one period against another, or another chart (`with`).");

    private static async Task<Results<Ok<ComparisonResponse>, NotFound, ValidationProblem>> CompareAsync(
        int id, [AsParameters] ComparisonQuery query, ChartBoard board, ChartComparison comparison, BaselineBook baselines, TimeProvider clock, CancellationToken cancellation)
    {
        if (board.Find(id) is not { } chart)
            return TypedResults.NotFound();
        if (query.Read(chart, board, clock.GetUtcNow(), out var before, out var after) is { } faults)
            return TypedResults.ValidationProblem(faults);

        var compared = await comparison.CompareAsync(before, after, cancellation);
        return TypedResults.Ok(ComparisonResponse.Of(compared) with
        {
            Sequential = query.At is null ? null : await SequentialAsync(chart, compared.Second, baselines, cancellation),
        });
    }

    /// <summary>The verdict on the scores since the deploy, as far as one baseline judged them: it may be looked at after every point.</summary>
    private static async Task<SequentialResponse?> SequentialAsync(
        ChartSummary chart, IReadOnlyList<ChartPoint> points, BaselineBook baselines, CancellationToken cancellation)
    {
        var judged = points.Where(point => point.Phase == PointPhase.Judged).ToList();
        if (judged.Count == 0)
            return null;

        var baseline = (await baselines.ListAsync(chart.Id, cancellation)).FirstOrDefault(baseline => baseline.Id == judged[0].BaselineId);
        if (baseline?.Estimate.Model is not { } model)
            return null;

        var comparison = new SequentialComparison
        {
            BaselinePoints = baseline.Estimate.Count,
            LongRunVariance = model.LongRunScale * model.LongRunScale,
            HigherIsWorse = chart.Series.Characteristic.HigherIsWorse,
        };
        var state = default(SequentialState);
        foreach (var point in judged.TakeWhile(point => point.BaselineId == baseline.Id))
        {
            // A wild value is the matter of one point; as in cumulative sums it counts as far as a probable one would.
            var score = model.Curve.Score(model.Scaled(point.Value) - (point.Expected ?? 0));
            state = comparison.Next(state, Math.Clamp(score, -SequentialResponse.Clip, SequentialResponse.Clip));
        }

        return SequentialResponse.Of(comparison, state, baseline.Version, model.Forecast);
    }
}
