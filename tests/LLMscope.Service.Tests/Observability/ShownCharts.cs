using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Tests.Observability;

/// <summary>A board with charts as if the monitor had shown them.</summary>
internal sealed class ShownCharts(DateTimeOffset now)
{
    public ChartBoard Board { get; } = new();

    /// <param name="limits">Lower, centre and upper; null for a chart that still collects its baseline.</param>
    /// <param name="age">How long ago the last point was.</param>
    public void Show(
        int id, double? value = 1.5, (double? Lower, double? Centre, double? Upper)? limits = null, string characteristic = Characteristic.Duration,
        string model = "llama", TimeSpan age = default)
    {
        var known = Characteristic.Find(characteristic)!;
        var series = new Series(id, id, new Source(Provider: "ollama", Model: model), known);
        var chart = new LiveChart(id, series, ChartPlan.For(known));
        var time = (now - age).UtcDateTime;
        var last = value is { } plotted
            ? new ChartPoint(1, time, plotted, 1, null, PointPhase.Judged, true, limits is null ? null : 1, limits?.Centre, limits?.Lower, limits?.Upper, default, 1)
            : null;
        chart.Audience.Show(new ChartSummary(
            id, series, chart.Plan, null, last, [], 0, 0, null, last?.Time, [], new Dictionary<Standing, long>()));
        Board.Add(chart);
    }
}
