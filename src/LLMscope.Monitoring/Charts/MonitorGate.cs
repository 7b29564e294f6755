namespace LLMscope.Monitoring.Charts;

/// <summary>
/// Lets one at a time change charts: a turn of the monitor, or what a person asks for (to resolve a violation, to remove the demonstration).
/// </summary>
internal sealed class MonitorGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        return new Inside(_one);
    }

    public void Dispose() => _one.Dispose();

    private sealed class Inside(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
