using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Threading.Channels;

namespace LLMscope.Client.Sending;

/// <summary>
/// Measurements on their way to LLMscope: a bounded channel, and one task that sends them in order. A batch is sent until it is taken or
/// refused, with the same ids each time, so that nothing is stored twice. When the channel is full the oldest in it is dropped.
/// </summary>
internal sealed class Outbox : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(30);

    private readonly LLMscopeOptions _options;
    private readonly ClientMeter _meter;
    private readonly Problems _problems;
    private readonly Delivery _delivery;
    private readonly Channel<Measurement> _channel;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _deadline = new();
    private readonly Task _sending;

    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly List<Measurement> _batch; // at most one batch
    private readonly ArrayBufferWriter<byte> _lines = new();
    private Measurement? _ahead; // read already, and of another kind than the batch before it
    private Task<bool>? _more;
    private long _number;
    private int _inHand;
    private long _droppedBefore;
    private int _closed;

    public Outbox(LLMscopeOptions options, ClientMeter meter, Problems problems)
    {
        (_options, _meter, _problems) = (options, meter, problems);
        _delivery = new Delivery(options);
        _batch = new List<Measurement>(Math.Min(options.BatchSize, options.Capacity));
        _channel = Channel.CreateBounded<Measurement>(
            new BoundedChannelOptions(options.Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => meter.Lost(1));

        // The task is nobody's: neither the trace nor the other ambient values of who happens to make the client.
        using (ExecutionContext.SuppressFlow())
            _sending = Task.Run(SendAllAsync);
    }

    public int Waiting => _channel.Reader.Count + Volatile.Read(ref _inHand);

    /// <returns>False where it is closed.</returns>
    public bool Offer(Measurement measurement) => _channel.Writer.TryWrite(measurement);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _channel.Writer.TryComplete();
            await _closing.CancelAsync().ConfigureAwait(false);
        }

        using var late = new CancellationTokenSource(_options.FlushTime, _options.Clock);
        using (late.Token.UnsafeRegister(static deadline => ((CancellationTokenSource)deadline!).Cancel(), _deadline))
            await _sending.ConfigureAwait(false);
        _delivery.Dispose();
        _meter.Dispose();
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (await MoreAsync().ConfigureAwait(false))
            {
                await FillAsync().ConfigureAwait(false);
                try
                {
                    await DeliverAsync(0, _batch.Count).ConfigureAwait(false);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    // A fault of this library itself costs one batch, not all that come after it.
                    _meter.Lost(_batch.Count);
                    _problems.Tell("losing", $"{_batch.Count} measurements are lost: {fault.GetType().Name}: {fault.Message}");
                }

                _number += _batch.Count;
                _batch.Clear();
            }
        }
        catch (OperationCanceledException) when (_deadline.IsCancellationRequested)
        {
            var left = _inHand;
            while (_channel.Reader.TryRead(out _))
                left++;
            Volatile.Write(ref _inHand, 0);
            _meter.Lost(left);
            _problems.Tell("losing", $"{left} measurements were not sent before the deadline of disposing and are lost.");
        }
    }

    // Waiting for more goes on while a batch is sent, so that no wait is ever thrown away by an exception.
    private Task<bool> MoreAsync() => _ahead is not null ? Task.FromResult(true) : _more ??= _channel.Reader.WaitToReadAsync().AsTask();

    private bool TryTake([NotNullWhen(true)] out Measurement? next)
    {
        (next, _ahead) = (_ahead, null);
        if (next is null && !_channel.Reader.TryRead(out next))
            return false;
        if (_batch.Count == 0 || next.Path == _batch[0].Path)
            return true;

        (_ahead, next) = (next, null);
        return false;
    }

    /// <summary>Takes up to a batch of one kind, and waits for more only as long as the first may wait.</summary>
    private async Task FillAsync()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        Task? late = null;
        while (true)
        {
            _more = null;
            while (_batch.Count < _options.BatchSize && TryTake(out var next))
                _batch.Add(next);

            Volatile.Write(ref _inHand, _batch.Count + (_ahead is null ? 0 : 1));
            if (_batch.Count >= _options.BatchSize || _ahead is not null)
                break;

            late ??= Task.Delay(_options.BatchTime, _options.Clock, enough.Token);
            if (await Task.WhenAny(MoreAsync(), late).ConfigureAwait(false) == late || !await MoreAsync().ConfigureAwait(false))
                break;
        }

        await enough.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Sends a part of the batch until it is taken or refused.</summary>
    /// <exception cref="OperationCanceledException">The deadline of disposing has passed.</exception>
    private async Task DeliverAsync(int first, int count)
    {
        if (count == 0)
            return;

        Write(first, count);
        for (var attempt = 0; ; attempt++)
        {
            TellLosses();
            _deadline.Token.ThrowIfCancellationRequested();
            var answer = await _delivery.SendAsync(_batch[first].Path, _lines.WrittenMemory, _deadline.Token).ConfigureAwait(false);
            if (answer.Outcome == DeliveryOutcome.TooLarge && count > 1)
            {
                await DeliverAsync(first, count / 2).ConfigureAwait(false);
                await DeliverAsync(first + count / 2, count - count / 2).ConfigureAwait(false);
                return;
            }

            if (answer.Outcome != DeliveryOutcome.Again)
            {
                Settle(answer, count);
                return;
            }

            _problems.Tell("sending", answer.Problem);
            await PauseAsync(answer.RetryAfter ?? PauseAfter(attempt)).ConfigureAwait(false);
        }
    }

    private void Settle(DeliveryAnswer answer, int count)
    {
        var refused = answer.Outcome == DeliveryOutcome.Taken ? Math.Clamp(answer.Refused, 0, count) : count;
        Volatile.Write(ref _inHand, _inHand - count);
        _meter.Wrong(refused);
        _meter.Stored(count - refused);
        _problems.Tell("sending", null);
        if (answer.Problem is not null)
            _problems.Tell("refusing", answer.Problem);
    }

    private void Write(int first, int count)
    {
        _lines.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_lines);
        for (var i = first; i < first + count; i++)
        {
            _batch[i].Write(json, $"{_instance}-{_number + i}", _options);
            json.Flush();
            json.Reset();
            _lines.Write("\n"u8);
        }
    }

    private void TellLosses()
    {
        var dropped = _meter.Dropped;
        if (dropped > _droppedBefore)
            _problems.Tell("losing", $"{dropped} measurements were dropped so far, the oldest first, because LLMscope does not take them.");
        _droppedBefore = dropped;
    }

    // Closing ends a pause early: the one attempt that may still succeed is worth more than good manners.
    private async Task PauseAsync(TimeSpan pause)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_closing.IsCancellationRequested ? default : _closing.Token, _deadline.Token);
        await Task.Delay(pause, _options.Clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Doubles with each attempt; a part of it is chance, so that many clients do not come back at once.</summary>
    private static TimeSpan PauseAfter(int attempt)
    {
        var pause = Math.Min(FirstPause.TotalSeconds * Math.Pow(2, Math.Min(attempt, 10)), LastPause.TotalSeconds);
        return TimeSpan.FromSeconds(pause * (0.5 + 0.5 * Random.Shared.NextDouble()));
    }
}
