namespace LLMscope.Monitoring.Storage;

/// <summary>Tells everyone who writes or reads that the database is open, its schema current and the past restored.</summary>
internal sealed class StartSignal
{
    private readonly TaskCompletionSource<Progress> _restored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsReady => _restored.Task.IsCompletedSuccessfully;

    /// <summary>Where the archive and the monitor go on.</summary>
    public Task<Progress> RestoredAsync(CancellationToken cancellation) => _restored.Task.WaitAsync(cancellation);

    public void Restored(Progress progress) => _restored.SetResult(progress);
}
