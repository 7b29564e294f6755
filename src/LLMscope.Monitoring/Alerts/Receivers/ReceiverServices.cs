using Microsoft.Extensions.DependencyInjection;

namespace LLMscope.Monitoring.Alerts.Receivers;

public static class ReceiverServices
{
    /// <summary>The kinds of receivers, in the order in which they are offered. A new one is a class beside this and a line in here.</summary>
    public static IServiceCollection AddReceivers(this IServiceCollection services)
    {
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<IReceiver, SmtpReceiver>();
        services.AddSingleton<IReceiver, SlackReceiver>();
        services.AddSingleton<IReceiver, WebhookReceiver>();
        return services;
    }
}
