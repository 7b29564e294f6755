using LLMscope.Host;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Telemetry;

public static class TelemetryServices
{
    /// <summary>Measures the machine that LLMscope runs on. It needs the monitoring, which takes the samples.</summary>
    public static IServiceCollection AddHostTelemetry(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        services.AddMetrics();
        services.AddSingleton<TelemetryMeter>();
        services.AddHostedService(provider => new HostTelemetry(
            HostReadings.OfThisMachine(provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<SeriesCatalog>(),
            provider.GetRequiredService<SampleInbox>(),
            provider.GetRequiredService<MonitoringHealth>(),
            provider.GetRequiredService<TelemetryMeter>(),
            provider.GetRequiredService<IOptions<TelemetryOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HostTelemetry>>()));
        return services;
    }
}
