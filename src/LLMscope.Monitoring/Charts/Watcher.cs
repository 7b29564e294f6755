using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LLMscope.Monitoring.Charts;

/// <summary>One screen that follows one chart. A slow screen loses old points and is told how many; it never slows the chart.</summary>
public sealed class Watcher : IDisposable
{
    private const int MostBehind = 2_000;

    /// <summary>
    /// The least time between two frames. A browser draws frames, not points; 25 ms keeps the way from a sample to
    /// the screen under 50 ms at any rate.
    /// </summary>
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(25);

    /// <summary>After this time without a point comes a frame without one: a chart that falls silent has another state.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    private readonly Channel<ChartPoint> _news;
    private readonly Action<Watcher> _leave;
    private long _lost;

    internal Watcher(long joinedAfter, Action<Watcher> leave)
    {
        JoinedAfter = joinedAfter;
        _leave = leave;
        _news = Channel.CreateBounded<ChartPoint>(
            new BoundedChannelOptions(MostBehind) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
            _ => Interlocked.Increment(ref _lost));
    }

    /// <summary>The last point that was shown before this watcher joined: history ends with it, and the frames begin after it.</summary>
    public long JoinedAfter { get; }

    /// <summary>Points that this watcher was too slow for.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Takes a new point, unless the history that this watcher began with has it.</summary>
    internal void Offer(ChartPoint point)
    {
        if (point.Number > JoinedAfter)
            _news.Writer.TryWrite(point);
    }

    /// <summary>Frames of new points in order, empty ones in silence, until cancelled. A gap in the numbers means that points were lost.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ChartPoint>> FramesAsync(
        TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            await WaitAsync(clock, cancellation);
            var frame = new List<ChartPoint>();
            while (_news.Reader.TryRead(out var point))
                frame.Add(point);

            yield return frame;
            await Task.Delay(FrameTime, clock, cancellation);
        }
    }

    public void Dispose() => _leave(this);

    private async Task WaitAsync(TimeProvider clock, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(LongestSilence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            await _news.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Silence is one of the two things that were waited for.
        }
    }
}
