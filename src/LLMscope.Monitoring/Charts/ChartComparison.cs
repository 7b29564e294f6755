using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Comparison;

namespace LLMscope.Monitoring.Charts;

/// <summary>Compares two periods of one chart, before and after a deploy, or of two charts.</summary>
public sealed class ChartComparison
{
    /// <summary>Points of a period that are compared: the newest.</summary>
    public const int MostPoints = 20_000;

    /// <summary>The longest period before and after a time, where only the time is chosen.</summary>
    public static readonly TimeSpan LongestAround = TimeSpan.FromDays(1);

    private readonly ChartBoard _board;
    private readonly PointHistory _history;

    internal ChartComparison(ChartBoard board, PointHistory history) => (_board, _history) = (board, history);

    /// <summary>The time since a moment and as long before it, at most a day each.</summary>
    /// <param name="at">Before <paramref name="now"/>.</param>
    public static (ComparedPeriod Before, ComparedPeriod After) Around(ChartSummary chart, DateTime at, DateTime now)
    {
        var length = now - at < LongestAround ? now - at : LongestAround;
        return (new ComparedPeriod(chart, at - length, at), new ComparedPeriod(chart, at, at + length));
    }

    /// <summary>Whether the points of both are of one kind and one unit.</summary>
    public static bool AreComparable(ChartSummary one, ChartSummary other) =>
        other.Series.Characteristic.Unit.Base == one.Series.Characteristic.Unit.Base && other.Plan.Kind == one.Plan.Kind;

    public async Task<ComparedPoints> CompareAsync(ComparedPeriod before, ComparedPeriod after, CancellationToken cancellation)
    {
        var (first, second) = (await ReadAsync(before, cancellation), await ReadAsync(after, cancellation));
        var (errorsBefore, errorsAfter) = (await ErrorsAsync(before, cancellation), await ErrorsAsync(after, cancellation));
        return new ComparedPoints(before, after, first, second, PeriodComparison.Compare(Values(first), Values(second), errorsBefore, errorsAfter));
    }

    private Task<IReadOnlyList<ChartPoint>> ReadAsync(ComparedPeriod period, CancellationToken cancellation) =>
        _history.NewestAsync(period.Chart.Id, period.From, period.To, MostPoints, cancellation);

    private static double[] Values(IReadOnlyList<ChartPoint> points) => [.. points.Select(point => point.Value).Where(double.IsFinite)];

    /// <summary>The calls and the failed ones of the same source, where a chart counts them.</summary>
    private async Task<ProportionSubgroup?> ErrorsAsync(ComparedPeriod period, CancellationToken cancellation)
    {
        var errors = _board.Summaries.FirstOrDefault(chart =>
            chart.Plan.Kind == ChartKind.Proportion && chart.Series.Source == period.Chart.Series.Source && chart.Series.Characteristic.Name == Characteristic.Error);
        if (errors is null)
            return null;

        var points = await ReadAsync(period with { Chart = errors }, cancellation);
        var units = points.Sum(point => point.Count);
        return units == 0 ? null : new ProportionSubgroup(units, (int)points.Sum(point => Math.Round(point.Value * point.Count)));
    }
}

/// <summary>One side of a comparison: a chart from one time up to another, in UTC.</summary>
public sealed record ComparedPeriod(ChartSummary Chart, DateTime From, DateTime To);

/// <summary>Two periods, their points in order of time, and what they tell about each other.</summary>
public sealed record ComparedPoints(
    ComparedPeriod Before, ComparedPeriod After, IReadOnlyList<ChartPoint> First, IReadOnlyList<ChartPoint> Second, PeriodComparison Comparison);
