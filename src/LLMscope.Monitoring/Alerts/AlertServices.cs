using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMscope.Monitoring.Alerts;

public static class AlertServices
{
    /// <summary>
    /// Everything between a stored violation and its receivers, whose kinds are registered beside them. The host says where the keys
    /// of data protection live: with them go the secrets of all receivers.
    /// </summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddDataProtection();

        services.AddSingleton<Outbox>();
        services.AddSingleton<OutboxBell>();
        services.AddSingleton<ReceiverSecrets>();
        services.AddSingleton<Delivery>();
        services.AddSingleton<AlertMeter>();
        services.AddSingleton<ReceiverCheck>();
        services.AddSingleton<ReceiverTest>();
        services.AddHostedService<OutboxSender>();

        // What screens and endpoints use. Their constructors are internal, since they speak of the database.
        services.AddSingleton(provider => new ReceiverBook(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<ReceiverCheck>(),
            provider.GetRequiredService<ReceiverSecrets>(),
            provider.GetRequiredService<ReceiverTest>(),
            provider.GetRequiredService<OutboxBell>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new NotificationLog(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<OutboxBell>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
