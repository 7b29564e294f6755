using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Storage.PrivateServer;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMscope.Monitoring.Tests.Storage;

/// <summary>A data folder whose server has stopped, made once: to copy it takes a tenth of the time that making one takes.</summary>
public sealed class StoppedCluster : IAsyncLifetime
{
    private readonly TestFolder _made = new();

    public async ValueTask InitializeAsync()
    {
        using var folder = DataFolder.Open(_made.Path);
        await (await PrivatePostgres.StartAsync(folder, new(), TimeProvider.System, NullLogger.Instance, CancellationToken.None)).DisposeAsync();
    }

    internal async Task CopyToAsync(string folder, CancellationToken cancellation)
        => (await Finished.RunAsync("cp", ["-a", $"{_made.Path}/.", folder], cancellation)).Check("copy");

    public ValueTask DisposeAsync()
    {
        _made.Dispose();
        return ValueTask.CompletedTask;
    }
}
