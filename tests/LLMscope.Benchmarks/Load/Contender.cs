namespace LLMscope.Benchmarks.Load;

/// <summary>One system that takes samples, to be measured beside the others.</summary>
internal abstract class Contender : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>Whether what it acknowledges is on disk.</summary>
    public abstract bool IsDurable { get; }

    /// <summary>One connection with series of its own, as applications have, so that no sample of one overtakes another's.</summary>
    public abstract Sender Connect(IReadOnlyList<int> series, int samples, int seed);

    /// <summary>Completes once all that it has taken in is worked through.</summary>
    public virtual Task SettleAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>The CPU seconds that it has used, all its processes together.</summary>
    public abstract double Cpu();

    /// <summary>The samples that it has stored.</summary>
    public abstract Task<long> CountAsync(CancellationToken cancellation);

    /// <summary>What its samples take on disk, log of transactions excluded.</summary>
    public abstract Task<long> BytesAsync(CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}

/// <summary>Sends one batch after another.</summary>
internal abstract class Sender : IDisposable
{
    /// <returns>The samples that were acknowledged; none where it is to be tried again.</returns>
    public abstract Task<int> SendAsync(CancellationToken cancellation);

    public abstract void Dispose();
}
