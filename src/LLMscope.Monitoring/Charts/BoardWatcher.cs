using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LLMscope.Monitoring.Charts;

/// <summary>One screen that follows all charts: it hears which ones changed, each at most once a frame.</summary>
public sealed class BoardWatcher : IDisposable
{
    /// <summary>The least time between two frames: an overview is looked at, not read like a chart.</summary>
    private static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Action<BoardWatcher> _leave;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // Bounded by the number of charts.
    private HashSet<int> _changed = [];

    internal BoardWatcher(Action<BoardWatcher> leave) => _leave = leave;

    internal void Offer(int chartId)
    {
        lock (_gate)
            _changed.Add(chartId);
        _wake.Writer.TryWrite(true);
    }

    /// <summary>The ids of the charts that changed since the last frame, until cancelled.</summary>
    public async IAsyncEnumerable<IReadOnlyCollection<int>> FramesAsync(
        TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var _ in _wake.Reader.ReadAllAsync(cancellation))
        {
            HashSet<int> frame;
            lock (_gate)
                (frame, _changed) = (_changed, []);

            if (frame.Count > 0)
                yield return frame;
            await Task.Delay(FrameTime, clock, cancellation);
        }
    }

    public void Dispose() => _leave(this);
}
