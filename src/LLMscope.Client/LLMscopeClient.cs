using LLMscope.Client.Sending;

namespace LLMscope.Client;

/// <summary>
/// Takes measurements without ever waiting or throwing, and sends them to LLMscope in the background: in batches, again while LLMscope is away,
/// each stored once. One of it suffices for an application. Disposing sends what is left, up to a deadline.
/// </summary>
public sealed class LLMscopeClient : IAsyncDisposable
{
    private readonly ClientMeter _meter;
    private readonly Problems _problems;
    private readonly Outbox _outbox;

    /// <exception cref="ArgumentException">An option that cannot work.</exception>
    public LLMscopeClient(LLMscopeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Fault() is { } wrong)
            throw new ArgumentException(wrong, nameof(options));

        Options = options;
        _problems = new Problems(options.OnProblem);
        _meter = new ClientMeter(() => Waiting);
        _outbox = new Outbox(options, _meter, _problems);
    }

    /// <summary>Measurements that LLMscope has stored.</summary>
    public long Sent => _meter.Sent;

    /// <summary>Measurements that were lost because LLMscope was away for too long, the oldest first, or when disposing ran out of time.</summary>
    public long Dropped => _meter.Dropped;

    /// <summary>Measurements that LLMscope refused as wrong.</summary>
    public long Refused => _meter.Refused;

    /// <summary>Measurements that wait to be sent.</summary>
    public int Waiting => _outbox?.Waiting ?? 0;

    internal LLMscopeOptions Options { get; }

    /// <summary>Takes a measurement. It neither waits nor throws; after disposing it drops and counts.</summary>
    public void Record(Measurement measurement)
    {
        if (measurement is not null && !_outbox.Offer(measurement))
            _meter.Lost(1);
    }

    public ValueTask DisposeAsync() => _outbox.DisposeAsync();

    /// <summary>For every catch at the border to the application: tells of the fault, which must not reach it.</summary>
    internal bool Survive(Exception fault)
    {
        _problems.Tell("measuring", $"A call could not be measured: {fault.GetType().Name}: {fault.Message}");
        return true;
    }
}
