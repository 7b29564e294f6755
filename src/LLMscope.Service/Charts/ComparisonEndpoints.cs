using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Comparison;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Charts;

/// <summary>Two periods of one chart, before and after a deploy, or the same period of two charts.</summary>
internal static class ComparisonEndpoints
{
    private const int MostPoints = 20_000;
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(1);

    public static void MapComparisons(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/charts/{id:int}/comparison", CompareAsync)
        .WithTags("Charts")
        .WithSummary("Median, p95 and errors: after a time against before it (`at`), one period against another, or another chart (`with`).");

    private static async Task<Results<Ok<ComparisonResponse>, NotFound, ValidationProblem>> CompareAsync(
        int id, [AsParameters] ComparisonQuery query, ChartBoard board, PointHistory history, BaselineBook baselines, TimeProvider clock, CancellationToken cancellation)
    {
        if (board.Find(id) is not { } chart)
            return TypedResults.NotFound();
        if (query.Read(chart, board, clock.GetUtcNow(), LongestPeriod, out var before, out var after) is { } faults)
            return TypedResults.ValidationProblem(faults);

        var (first, second) = (await ReadAsync(before, history, cancellation), await ReadAsync(after, history, cancellation));
        var (errorsBefore, errorsAfter) = (await ErrorsAsync(before, board, history, cancellation), await ErrorsAsync(after, board, history, cancellation));
        var compared = PeriodComparison.Compare(Values(first), Values(second), errorsBefore, errorsAfter);
        return TypedResults.Ok(ComparisonResponse.Of(before, after, first.Count, second.Count, compared) with
        {
            Sequential = query.At is null ? null : await SequentialAsync(chart, second, baselines, cancellation),
        });
    }

    private static Task<IReadOnlyList<ChartPoint>> ReadAsync(ComparedPeriod period, PointHistory history, CancellationToken cancellation) =>
        history.NewestAsync(period.Chart.Id, period.From, period.To, MostPoints, cancellation);

    private static double[] Values(IReadOnlyList<ChartPoint> points) => [.. points.Select(point => point.Value).Where(double.IsFinite)];

    /// <summary>The calls and the failed ones of the same source, where a chart counts them.</summary>
    private static async Task<ProportionSubgroup?> ErrorsAsync(ComparedPeriod period, ChartBoard board, PointHistory history, CancellationToken cancellation)
    {
        var errors = board.Summaries.FirstOrDefault(chart =>
            chart.Plan.Kind == ChartKind.Proportion && chart.Series.Source == period.Chart.Series.Source && chart.Series.Characteristic.Name == Characteristic.Error);
        if (errors is null)
            return null;

        var points = await ReadAsync(period with { Chart = errors }, history, cancellation);
        var units = points.Sum(point => point.Count);
        return units == 0 ? null : new ProportionSubgroup(units, (int)points.Sum(point => Math.Round(point.Value * point.Count)));
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
