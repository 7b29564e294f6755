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
    private readonly TaskCompletionSource<BatchReceipt> _receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadOnlyMemory<Sample> Samples { get; } = samples;

    public IReadOnlyList<Call> Calls { get; } = calls;

    public Guid[]? SampleKeys { get; } = sampleKeys;

    public Guid[]? CallKeys { get; } = callKeys;

    /// <summary>Completes once the batch is on disk; fails if it never will be.</summary>
    public Task<BatchReceipt> Receipt => _receipt.Task;

    internal void Acknowledge(BatchReceipt receipt) => _receipt.TrySetResult(receipt);

    internal void Refuse(Exception fault) => _receipt.TrySetException(fault);
}

/// <summary>How many items of a batch were stored, and how many had been stored before.</summary>
public readonly record struct BatchReceipt(int Accepted, int Duplicates);
