using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Dashboard.Charts;

/// <summary>One page of the overview: the charts that a filter leaves, by source, and how many there are of each state.</summary>
public sealed class ChartShelf
{
    public ChartShelf(IEnumerable<ChartSummary> charts, ChartFilter filter, DateTimeOffset now)
    {
        var named = charts.Where(filter.Names).Select(chart => new ShownChart(chart, ChartWords.Key(chart.StateAt(now), chart.Problem))).ToList();
        States = named.CountBy(chart => chart.StateKey).ToDictionary();
        Named = named.Count;

        var matching = named.Where(chart => filter.State is null || chart.StateKey == filter.State).ToList();
        Total = matching.Count;
        Sources =
        [
            .. matching
                .OrderBy(chart => chart.Source.Host.Length > 0)
                .ThenBy(chart => chart.Source.Title, StringComparer.OrdinalIgnoreCase)
                .ThenBy(chart => chart.Chart.Id)
                .Skip((filter.Page - 1) * ChartFilter.PageSize)
                .Take(ChartFilter.PageSize)
                .GroupBy(chart => chart.Source),
        ];
    }

    /// <summary>How many charts of each state have the name, whatever state is asked for.</summary>
    public IReadOnlyDictionary<string, int> States { get; }

    public int Named { get; }

    /// <summary>Charts on all pages.</summary>
    public int Total { get; }

    public IReadOnlyList<IGrouping<Source, ShownChart>> Sources { get; }

    public int Pages => Math.Max(1, (Total + ChartFilter.PageSize - 1) / ChartFilter.PageSize);
}

public sealed record ShownChart(ChartSummary Chart, string StateKey)
{
    public Source Source => Chart.Series.Source;
}
