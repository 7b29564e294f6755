using System.Collections.Immutable;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Dashboard.Violations;

/// <summary>What the machines did when a violation opened: of each recorded series the point nearest to that moment.</summary>
internal sealed class MomentTelemetry(ChartBoard board, PointHistory history)
{
    /// <summary>A point farther away says nothing about the moment.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromMinutes(5);

    /// <summary>More series than this are not looked up: a page is for reading.</summary>
    private const int MostSeries = 40;

    private const int PointsLookedAt = 200;

    /// <summary>What people look for first; where it is missing the page says so.</summary>
    public static ImmutableArray<string> Expected { get; } = ["cpu_utilization", "memory_utilization", "gpu_utilization", "gpu_memory_utilization"];

    /// <param name="source">Of the violation: its own host where it names one, otherwise every host of the same kind of data.</param>
    public async Task<IReadOnlyList<TelemetryReading>> AtAsync(Source source, DateTime moment, CancellationToken cancellation)
    {
        var readings = new List<TelemetryReading>();
        foreach (var chart in Chosen(board.Summaries, source))
        {
            var window = await history.WindowAsync(chart.Id, moment - Reach, moment + Reach, PointsLookedAt, cancellation);
            if (window.Points.Count > 0)
                readings.Add(new TelemetryReading(chart, window.Points.MinBy(point => (point.Time - moment).Duration())!));
        }

        return readings;
    }

    /// <summary>
    /// The recorded series that are looked up: those of the source's own site first; what people look for of every host before the rest of any;
    /// host by host, and of a host the processor, the memory and the GPUs as they are expected, then the other quantities by name.
    /// </summary>
    internal static IEnumerable<ChartSummary> Chosen(IEnumerable<ChartSummary> charts, Source source) => charts
        .Where(chart => chart.Plan.Kind == ChartKind.Record && chart.Series.Source.Demo == source.Demo)
        .Where(chart => source.Host.Length == 0 || chart.Series.Source.Host == source.Host)
        .OrderBy(chart => chart.Series.Source.Site != source.Site)
        .ThenBy(chart => RankOf(chart) == Expected.Length)
        .ThenBy(chart => chart.Series.Source.Title, StringComparer.Ordinal)
        .ThenBy(RankOf)
        .ThenBy(chart => chart.Series.Characteristic.Name, StringComparer.Ordinal)
        .ThenBy(chart => chart.Id)
        .Take(MostSeries);

    private static int RankOf(ChartSummary chart) => Expected.IndexOf(chart.Series.Characteristic.Name) is var place and >= 0 ? place : Expected.Length;
}

public sealed record TelemetryReading(ChartSummary Chart, ChartPoint Point);
