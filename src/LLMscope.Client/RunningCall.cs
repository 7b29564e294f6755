using System.Diagnostics;

namespace LLMscope.Client;

/// <summary>The clock of one call: when it began, when its first token came, and when it ended, which is recorded once.</summary>
internal sealed class RunningCall(LLMscopeClient client)
{
    private readonly TimeProvider _clock = client.Options.Clock;
    private readonly long _began = client.Options.Clock.GetTimestamp();
    private TimeSpan? _firstToken;
    private TimeSpan _lastHeard;
    private int _ended;

    public string? TraceId { get; } = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null;

    public TimeSpan Elapsed => _clock.GetElapsedTime(_began);

    /// <summary>Something of the answer has come.</summary>
    /// <param name="isToken">Whether it was more than a frame around the answer.</param>
    public void Heard(bool isToken)
    {
        _lastHeard = Elapsed;
        if (isToken)
            _firstToken ??= _lastHeard;
    }

    /// <summary>Records the call, unless it was recorded already.</summary>
    /// <param name="call">What is known of it but for its times.</param>
    /// <param name="asHeard">Whether it ended when something of the answer came last, not now.</param>
    public void End(MeasuredCall call, bool asHeard)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;

        var duration = asHeard ? _lastHeard : Elapsed;
        client.Record(call with { Time = _clock.GetUtcNow(), Duration = duration, TimeToFirstToken = call.Streaming == true ? _firstToken : null, TraceId = TraceId });
    }
}
