namespace LLMscope.Service;

/// <summary>Whether the host stopped because one of its loops failed: then the process must say so, so that it is started again.</summary>
internal static class HostFailure
{
    public static bool HasFailed(this IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<BackgroundService>().Any(loop => loop.ExecuteTask is { IsFaulted: true });
}
