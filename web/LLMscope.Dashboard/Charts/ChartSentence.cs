using LLMscope.Dashboard.Layout;
using LLMscope.Monitoring.Charts;

namespace LLMscope.Dashboard.Charts;

/// <summary>A chart in a sentence or two, for who cannot see it.</summary>
internal static class ChartSentence
{
    public static string Of(ChartSummary chart, TimeWindow window, PointWindow points)
    {
        var unit = chart.Unit.Symbol;
        var text = $"{chart.Series.Characteristic.Title} of {chart.Series.Source.Title}, {TimeText.Utc(window.From)} to {TimeText.Utc(window.To)}, {Counted(points.Total, "point")}";
        var values = points.Points.Select(point => point.Value).Where(double.IsFinite).ToArray();
        if (values.Length > 0)
        {
            text += $" between {Quantity.Text(values.Min(), unit)} and {Quantity.Text(values.Max(), unit)}";
        }

        if (chart.Last is { Centre: { } centre, Lower: { } lower, Upper: { } upper })
        {
            text += $"; centre line {Quantity.Text(centre, unit)}, limits {Quantity.Text(lower, unit)} to {Quantity.Text(upper, unit)}";
        }

        var signals = points.Points.Where(point => point.Signals.Any).ToList();
        return signals.Count == 0
            ? text + "; no signals."
            : text + $"; {Counted(signals.Count, "point")} with a signal, the last at {TimeText.Utc(signals[^1].Time)}.";
    }

    private static string Counted(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";
}
