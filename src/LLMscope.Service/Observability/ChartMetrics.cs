using LLMscope.Monitoring.Charts;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Observability;

/// <summary>
/// The charts as metrics. They are read when the page is, since a series must vanish with what it shows: a chart without limits has
/// no series of limits, and one without data no series of values.
/// </summary>
internal sealed class ChartMetrics(ChartBoard board, IOptions<MetricsOptions> options, TimeProvider clock)
{
    private static readonly (ChartState State, string Name)[] States =
    [
        (ChartState.CollectingBaseline, "collecting_baseline"),
        (ChartState.InControl, "in_control"),
        (ChartState.OutOfControl, "out_of_control"),
        (ChartState.Recording, "recording"),
        (ChartState.NoData, "no_data"),
    ];

    public IEnumerable<MetricFamily> Read()
    {
        // Those that judge before those that only record, then the oldest: the choice changes as little as can be.
        var all = board.Summaries.Where(chart => chart.Last is not null).OrderBy(chart => chart.Plan.Kind == ChartKind.Record).ThenBy(chart => chart.Id).ToList();
        var now = clock.GetUtcNow();
        var charts = all.Take(options.Value.LargestNumberOfCharts)
            .Select(chart => (chart.Last, State: chart.StateAt(now), Labels: LabelsOf(chart)))
            .ToList();

        yield return Gauge("llmscope_chart_value", "The last plotted value, in the unit of the characteristic; absent without recent data.",
            charts.Select(chart => Value(chart.Labels, chart.State == ChartState.NoData ? null : chart.Last?.Value)));
        yield return Gauge("llmscope_chart_center_line", "The centre line that judged the last point.",
            charts.Select(chart => Value(chart.Labels, chart.Last?.Centre)));
        yield return Gauge("llmscope_chart_upper_control_limit", "The upper control limit that judged the last point.",
            charts.Select(chart => Value(chart.Labels, chart.Last?.Upper)));
        yield return Gauge("llmscope_chart_lower_control_limit", "The lower control limit that judged the last point.",
            charts.Select(chart => Value(chart.Labels, chart.Last?.Lower)));
        yield return Gauge("llmscope_chart_state", "1 for the state that the chart is in, 0 for the others.",
            charts.SelectMany(chart => States, (chart, state) => Value([.. chart.Labels, new("state", state.Name)], chart.State == state.State ? 1 : 0)));
        yield return Gauge("llmscope_charts_not_exported", "Charts with a point that the page of metrics leaves out.", [Value([], all.Count - charts.Count)]);
    }

    private static MetricFamily Gauge(string name, string help, IEnumerable<MetricValue?> values) =>
        new(name, MetricKind.Gauge, null, help, [.. values.OfType<MetricValue>()]);

    private static MetricValue? Value(IReadOnlyList<KeyValuePair<string, string>> labels, double? value) =>
        value is { } known && !double.IsNaN(known) ? new MetricValue("", labels, known) : null;

    private static KeyValuePair<string, string>[] LabelsOf(ChartSummary chart) =>
    [
        new("chart", chart.Id.ToString()),
        new("characteristic", chart.Series.Characteristic.Name),
        new("model", chart.Series.Source.Model),
        new("provider", chart.Series.Source.Provider),
    ];
}
