namespace LLMscope.Service;

/// <summary>Runs the host to its end and tells how it ended: a loop that failed stops it, and then the process must say so to be started again.</summary>
internal static class Ending
{
    /// <returns>The exit code: 0 where it was asked to stop, 1 where it failed.</returns>
    public static async Task<int> OfAsync(WebApplication app)
    {
        // The host disposes its services when it ends; the loops remember how they did.
        var loops = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        await app.RunAsync();
        return loops.Any(loop => loop.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }
}
