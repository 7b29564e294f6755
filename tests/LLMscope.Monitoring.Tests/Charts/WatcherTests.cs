using LLMscope.Monitoring.Charts;
using LLMscope.Tests;

namespace LLMscope.Monitoring.Tests.Charts;

public class WatcherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Whoever_joins_at_any_moment_gets_the_next_point_first_and_none_twice()
    {
        var audience = new ChartAudience();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var showing = Task.Run(
            () =>
            {
                for (var number = 1L; !enough.IsCancellationRequested; number++)
                    audience.Show(Point(number));
            },
            Cancellation);

        var compared = 0;
        while (compared < 500)
        {
            using var watcher = audience.Join();
            await using var frames = watcher.FramesAsync(TimeProvider.System, Cancellation).GetAsyncEnumerator(Cancellation);
            Assert.True(await frames.MoveNextAsync());
            var numbers = frames.Current.Select(point => point.Number).ToArray();
            if (watcher.Lost > 0)
                continue;

            Assert.Equal(Enumerable.Range(1, numbers.Length).Select(later => watcher.JoinedAfter + later), numbers);
            compared++;
        }

        await enough.CancelAsync();
        await showing;
    }

    [Fact]
    public async Task A_slow_watcher_loses_the_oldest_points_and_knows_how_many()
    {
        var audience = new ChartAudience();
        using var watcher = audience.Join();
        for (var number = 1; number <= 2_500; number++)
            audience.Show(Point(number));

        await using var frames = watcher.FramesAsync(new ManualClock(), Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await frames.MoveNextAsync());

        Assert.Equal(500, watcher.Lost);
        Assert.Equal((2_000, 501L, 2_500L), (frames.Current.Count, frames.Current[0].Number, frames.Current[^1].Number));
    }

    [Fact]
    public async Task Frames_keep_their_distance()
    {
        var (audience, clock) = (new ChartAudience(), new ManualClock());
        using var watcher = audience.Join();
        await using var frames = watcher.FramesAsync(clock, Cancellation).GetAsyncEnumerator(Cancellation);
        audience.Show(Point(1));
        Assert.True(await frames.MoveNextAsync());
        audience.Show(Point(2));
        audience.Show(Point(3));

        var next = frames.MoveNextAsync().AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(24));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(await next);
        Assert.Equal([2, 3], frames.Current.Select(point => point.Number));
    }

    [Fact]
    public async Task A_silent_chart_gives_a_frame_without_points()
    {
        var (audience, clock) = (new ChartAudience(), new ManualClock());
        using var watcher = audience.Join();
        await using var frames = watcher.FramesAsync(clock, Cancellation).GetAsyncEnumerator(Cancellation);

        var next = frames.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await next);
        Assert.Empty(frames.Current);
    }

    [Fact]
    public void Who_left_is_offered_nothing_more()
    {
        var audience = new ChartAudience();
        var watcher = audience.Join();
        watcher.Dispose();

        for (var number = 1; number <= 3_000; number++)
            audience.Show(Point(number));

        Assert.Equal(0, watcher.Lost);
    }

    [Fact]
    public void Watching_a_chart_that_is_not_there_creates_nothing()
    {
        var board = new ChartBoard();

        Assert.Null(board.Watch(1));
        Assert.Equal(0, board.Count);
    }

    private static ChartPoint Point(long number) =>
        new(number, DateTime.UnixEpoch.AddSeconds(number), 1, 1, null, PointPhase.Recorded, false, null, null, null, null, default, number);
}
