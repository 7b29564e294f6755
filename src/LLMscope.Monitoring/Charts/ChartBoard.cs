using System.Collections.Concurrent;
using System.Collections.Immutable;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Charts;

/// <summary>All charts. The monitor writes them; everyone else sees what was last shown, and may follow.</summary>
public sealed class ChartBoard
{
    // Both bounded by the number of series, which the catalog limits.
    private readonly ConcurrentDictionary<int, LiveChart> _byId = new();
    private readonly ConcurrentDictionary<int, LiveChart> _bySeries = new();
    private ImmutableArray<BoardWatcher> _watchers = [];

    public int Count => _byId.Count;

    /// <summary>Every chart as it was last shown, in order of id.</summary>
    public IEnumerable<ChartSummary> Summaries => _byId.Values.Select(chart => chart.Audience.Summary).OfType<ChartSummary>().OrderBy(summary => summary.Id);

    public ChartSummary? Find(int chartId) => FindLive(chartId)?.Audience.Summary;

    public ChartSummary? FindBySeries(int seriesId) => _bySeries.TryGetValue(seriesId, out var chart) ? chart.Audience.Summary : null;

    /// <summary>Follows one chart; null where there is no such chart, since watching creates nothing.</summary>
    public Watcher? Watch(int chartId) => FindLive(chartId)?.Audience.Join();

    public BoardWatcher WatchAll()
    {
        var watcher = new BoardWatcher(Leave);
        ImmutableInterlocked.Update(ref _watchers, watchers => watchers.Add(watcher));
        return watcher;
    }

    // Not Values, which would take all locks and a copy.
    internal IEnumerable<LiveChart> All => _byId.Select(entry => entry.Value);

    internal LiveChart? FindLive(int chartId) => _byId.GetValueOrDefault(chartId);

    internal LiveChart? FindLive(Series series) => _bySeries.GetValueOrDefault(series.Id);

    internal void Add(LiveChart chart)
    {
        _byId[chart.Id] = chart;
        _bySeries[chart.Series.Id] = chart;
    }

    internal void Remove(LiveChart chart)
    {
        _byId.TryRemove(chart.Id, out _);
        _bySeries.TryRemove(chart.Series.Id, out _);
    }

    /// <summary>Lets a joint chart take the samples of its members; on any other nothing happens.</summary>
    internal void Join(LiveChart chart, SeriesCatalog catalog)
    {
        if (chart.Plan.Choices.Joint is not { } joint)
            return;

        var members = joint.Characteristics.Select(name => catalog.Find(SeriesKey.Of(chart.Series.Source, name))).OfType<Series>().ToArray();
        if (members.Length < joint.Characteristics.Count)
            return; // A member was removed, and a vector with a hole has no T2.

        chart.Intake = new JointIntake(chart, members);
        foreach (var member in members)
        {
            if (FindLive(member) is { } live)
                live.Joined = live.Joined.Add(chart.Intake);
        }
    }

    /// <summary>Takes a joint chart off the board and away from its members.</summary>
    internal void Part(LiveChart chart)
    {
        Remove(chart);
        foreach (var member in chart.Intake?.Members ?? [])
        {
            if (FindLive(member) is { } live)
                live.Joined = live.Joined.Remove(chart.Intake!);
        }
    }

    /// <summary>Shows what a committed turn made.</summary>
    internal void Show(MonitorTurn turn)
    {
        turn.Touched.UnionWith(turn.NewCharts);
        turn.Touched.UnionWith(turn.ChangedCharts);

        // The states first: a frame carries one with its points, and none comes after the last point to correct it.
        foreach (var chart in turn.Touched)
            Show(chart);
        foreach (var (chart, point) in turn.Points)
            chart.Audience.Show(point);
    }

    internal void Show(LiveChart chart)
    {
        chart.Audience.Show(chart.Summarize());
        foreach (var watcher in _watchers)
            watcher.Offer(chart.Id);
    }

    private void Leave(BoardWatcher watcher) => ImmutableInterlocked.Update(ref _watchers, watchers => watchers.Remove(watcher));
}
