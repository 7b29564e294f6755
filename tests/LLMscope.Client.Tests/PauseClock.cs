using System.Threading.Channels;

namespace LLMscope.Tests;

/// <summary>A clock that stands still and tells of each timer that someone starts, so that a test knows what is being waited for.</summary>
internal sealed class PauseClock : TimeProvider
{
    private readonly ManualClock _clock = new();
    private readonly Channel<TimeSpan> _pauses = Channel.CreateUnbounded<TimeSpan>(); // bounded by what the test starts

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _clock.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
            _pauses.Writer.TryWrite(dueTime);
        return timer;
    }

    public void Advance(TimeSpan by) => _clock.Advance(by);

    /// <summary>The next pause but for the patience with a request, which is 30 seconds.</summary>
    public async Task<TimeSpan> NextPauseAsync()
    {
        while (true)
        {
            var pause = await _pauses.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (pause != TimeSpan.FromSeconds(30))
                return pause;
        }
    }
}
