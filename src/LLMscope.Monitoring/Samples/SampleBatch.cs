using System.Buffers;

namespace LLMscope.Monitoring.Samples;

/// <summary>
/// What one caller sends at once: it becomes durable as a whole or not at all. An item may carry a key;
/// an item whose key was archived before is a duplicate, which is acknowledged and not stored again.
/// </summary>
/// <param name="samples">The samples, those of calls included; a sample names its call by position.</param>
/// <param name="calls">The calls of the batch.</param>
/// <param name="sampleKeys">The key of each sample, <see cref="Guid.Empty"/> where it has none; null where none has.</param>
/// <param name="callKeys">The key of each call, likewise.</param>
public sealed class SampleBatch(
    ReadOnlyMemory<Sample> samples, IReadOnlyList<Call> calls, Guid[]? sampleKeys = null, Guid[]? callKeys = null)
{
    private Sample[]? _rented;

    private readonly TaskCompletionSource<BatchReceipt> _receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="rented">An array of the shared pool, which the archive gives back; its owner forgets it.</param>
    /// <param name="count">How many of its samples are of the batch.</param>
    public static SampleBatch OfRented(Sample[] rented, int count, IReadOnlyList<Call> calls, Guid[]? sampleKeys, Guid[]? callKeys) =>
        new(rented.AsMemory(0, count), calls, sampleKeys, callKeys) { _rented = rented };

    /// <summary>How many samples there are.</summary>
    public int Count { get; } = samples.Length;

    /// <summary>The samples, until they are archived.</summary>
    public ReadOnlyMemory<Sample> Samples { get; private set; } = samples;

    public IReadOnlyList<Call> Calls { get; } = calls;

    public Guid[]? SampleKeys { get; } = sampleKeys;

    public Guid[]? CallKeys { get; } = callKeys;

    /// <summary>Completes once the batch is on disk; fails if it never will be.</summary>
    public Task<BatchReceipt> Receipt => _receipt.Task;

    /// <summary>Everything is on disk: nobody looks at the samples any more.</summary>
    internal void Acknowledge(BatchReceipt receipt)
    {
        Samples = default;
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
            ArrayPool<Sample>.Shared.Return(rented);
        _receipt.TrySetResult(receipt);
    }

    internal void Refuse(Exception fault) => _receipt.TrySetException(fault);
}

/// <summary>How many items of a batch were stored, and how many had been stored before.</summary>
public readonly record struct BatchReceipt(int Accepted, int Duplicates);
