using System.Runtime.CompilerServices;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Violations;
using LLMscope.Service.Charts;
using Microsoft.AspNetCore.SignalR;

namespace LLMscope.Service.Live;

/// <summary>The live charts as SignalR streams, for the dashboard and for programs.</summary>
internal sealed class LiveHub(ChartBoard board, PointHistory history, ViolationFeed feed, TimeProvider clock) : Hub
{
    /// <summary>History that a stream begins with at most; a screen that was away for longer loads its window anew.</summary>
    private const int MostHistory = 4_000;

    /// <summary>
    /// The points of one chart after a number, then each new one, until the caller cancels or leaves. History and live points are one
    /// sequence without a gap or a doubled point; a gap in the numbers means that this caller was too slow, and <c>lost</c> says by how many.
    /// </summary>
    public async IAsyncEnumerable<ChartFrame> WatchChart(
        int chartId, long afterNumber, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var watcher = board.Watch(chartId) ?? throw new HubException($"There is no chart {chartId}.");
        var past = afterNumber < watcher.JoinedAfter
            ? await history.BetweenAsync(chartId, afterNumber, watcher.JoinedAfter, MostHistory, cancellation)
            : [];
        yield return FrameOf(chartId, past, watcher);

        await foreach (var points in watcher.FramesAsync(clock, cancellation))
            yield return FrameOf(chartId, points, watcher);
    }

    /// <summary>The charts that changed, at most one frame a second.</summary>
    public async IAsyncEnumerable<BoardFrame> WatchBoard([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var watcher = board.WatchAll();
        await foreach (var changed in watcher.FramesAsync(clock, cancellation))
        {
            var now = clock.GetUtcNow();
            yield return new BoardFrame([.. changed.Select(board.Find).OfType<ChartSummary>().Select(chart => ChartResponse.Of(chart, now))]);
        }
    }

    /// <summary>What happens to violations from now on.</summary>
    public IAsyncEnumerable<ViolationNews> WatchViolations(CancellationToken cancellation) => feed.ListenAsync(cancellation);

    private ChartFrame FrameOf(int chartId, IReadOnlyList<ChartPoint> points, Watcher watcher)
    {
        var chart = board.Find(chartId);
        return new ChartFrame(
            chartId, chart?.StateAt(clock.GetUtcNow()) ?? ChartState.Empty, chart?.Collected ?? 0, chart?.Wanted ?? 0, chart?.Baseline?.Id, watcher.Lost,
            [.. points.Select(PointResponse.Of)]);
    }
}

/// <param name="Lost">Points that this connection was too slow for, in all.</param>
public sealed record ChartFrame(
    int ChartId, ChartState State, int Collected, int Wanted, int? BaselineId, long Lost, IReadOnlyList<PointResponse> Points);

public sealed record BoardFrame(IReadOnlyList<ChartResponse> Charts);
