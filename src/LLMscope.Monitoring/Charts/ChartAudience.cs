namespace LLMscope.Monitoring.Charts;

/// <summary>The screens that follow one chart. Joining and showing exclude each other, so nobody misses a point or sees it twice.</summary>
internal sealed class ChartAudience
{
    private readonly Lock _gate = new();

    // Bounded by the connections that the live hub accepts.
    private readonly List<Watcher> _watchers = [];
    private long _shown;
    private ChartSummary? _summary;

    /// <summary>The chart as it was last shown.</summary>
    public ChartSummary? Summary => Volatile.Read(ref _summary);

    public Watcher Join()
    {
        lock (_gate)
        {
            var watcher = new Watcher(_shown, Leave);
            _watchers.Add(watcher);
            return watcher;
        }
    }

    /// <summary>Shows a committed point.</summary>
    public void Show(ChartPoint point)
    {
        lock (_gate)
        {
            _shown = Math.Max(_shown, point.Number);
            foreach (var watcher in _watchers)
                watcher.Offer(point);
        }
    }

    public void Show(ChartSummary summary)
    {
        Volatile.Write(ref _summary, summary);
        if (summary.Last is null)
            return;

        lock (_gate)
            _shown = Math.Max(_shown, summary.Last.Number);
    }

    private void Leave(Watcher watcher)
    {
        lock (_gate)
            _watchers.Remove(watcher);
    }
}
