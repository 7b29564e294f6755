using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace LLMscope.Monitoring.Samples;

/// <summary>
/// What waits to be archived. It takes a whole batch or nothing, and it never holds more samples than its capacity:
/// who finds it full is told so and tries again.
/// </summary>
public sealed class SampleInbox(IOptions<InboxOptions> options)
{
    // Bounded by _waiting, which counts samples; a channel could only count batches.
    private readonly Channel<SampleBatch> _batches = Channel.CreateUnbounded<SampleBatch>(new UnboundedChannelOptions { SingleReader = true });
    private int _waiting;
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _refused;
    private volatile bool _isClosed;

    public int Capacity => options.Value.Capacity;

    /// <summary>Samples that wait or are being committed.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether not even the smallest batch would be taken now.</summary>
    public bool IsFull => Waiting >= Capacity;

    /// <summary>Batches that found the inbox full since the start.</summary>
    public long Refused => Volatile.Read(ref _refused);

    public bool TryAccept(SampleBatch batch)
    {
        var isTaken = TryTakeIn(batch);
        if (!isTaken)
            Interlocked.Increment(ref _refused);
        return isTaken;
    }

    /// <summary>Waits until there is room, for whoever can wait instead of being refused: a long body that is read as fast as it can be stored.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the inbox takes no more.</exception>
    public async Task AcceptAsync(SampleBatch batch, CancellationToken cancellation)
    {
        while (true)
        {
            var room = Volatile.Read(ref _room).Task;
            if (TryTakeIn(batch))
                return;
            if (_isClosed)
                throw new OperationCanceledException("LLMscope is stopping.");
            if (CostOf(batch) > Capacity)
                throw new ArgumentException($"A batch of {batch.Count} samples is larger than the inbox, which holds {Capacity}.", nameof(batch));

            await room.WaitAsync(cancellation);
        }
    }

    /// <summary>Waits for a batch, then takes all that wait, up to the largest group; at least one.</summary>
    internal async Task<bool> TakeGroupAsync(List<SampleBatch> group, CancellationToken cancellation)
    {
        group.Clear();
        if (!await _batches.Reader.WaitToReadAsync(cancellation))
            return false;

        var size = 0;
        while (size < options.Value.LargestGroup && _batches.Reader.TryRead(out var batch))
        {
            group.Add(batch);
            size += CostOf(batch);
        }

        return true;
    }

    /// <summary>Makes room again once the batches are on disk or refused.</summary>
    internal void Release(IReadOnlyList<SampleBatch> group)
    {
        Interlocked.Add(ref _waiting, -group.Sum(CostOf));
        TellRoom();
    }

    /// <summary>Takes no more; what waits can still be read.</summary>
    internal void Close()
    {
        _isClosed = true;
        _batches.Writer.TryComplete();
        TellRoom();
    }

    internal bool TryTake([NotNullWhen(true)] out SampleBatch? batch) => _batches.Reader.TryRead(out batch);

    private bool TryTakeIn(SampleBatch batch)
    {
        var cost = CostOf(batch);
        if (Interlocked.Add(ref _waiting, cost) <= Capacity && _batches.Writer.TryWrite(batch))
            return true;

        Interlocked.Add(ref _waiting, -cost);
        return false;
    }

    private void TellRoom() =>
        Interlocked.Exchange(ref _room, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    // An empty batch still takes a place, so that no flood of them is free.
    private static int CostOf(SampleBatch batch) => Math.Max(1, batch.Count);
}
