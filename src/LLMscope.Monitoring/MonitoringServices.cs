using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Alerts.Receivers;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Violations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMscope.Monitoring;

public static class MonitoringServices
{
    /// <summary>Everything between an accepted sample and a delivered alert.</summary>
    public static IServiceCollection AddMonitoring(this IServiceCollection services, string connectionString)
    {
        services.AddOptions<InboxOptions>().BindConfiguration(InboxOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InboxOptions>, InboxOptionsValidator>();
        services.AddOptions<CatalogOptions>().BindConfiguration(CatalogOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CatalogOptions>, CatalogOptionsValidator>();
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(_ => Database.Open(connectionString));
        services.AddSingleton<StartSignal>();
        services.AddSingleton<Partitions>();
        services.AddSingleton<CommittedSamples>();
        services.AddSingleton<TurnWriter>();
        services.AddSingleton<TurnPublisher>();
        services.AddSingleton<Rebaselining>();
        services.AddSingleton<SeriesCatalog>();
        services.AddSingleton<SampleInbox>();
        services.AddSingleton<ChartBoard>();
        services.AddSingleton<ChartLedger>();
        services.AddSingleton<MonitorGate>();
        services.AddSingleton<ViolationFeed>();
        services.AddSingleton<ArchiveMeter>();
        services.AddSingleton<MonitoringMeter>();

        // What screens and endpoints read. Their constructors are internal, since they speak of the database.
        services.AddSingleton(provider => new PointHistory(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => new ChartOutlook(provider.GetRequiredService<PointHistory>()));
        services.AddSingleton(provider => new ChartComparison(provider.GetRequiredService<ChartBoard>(), provider.GetRequiredService<PointHistory>()));
        services.AddSingleton(provider => new BaselineBook(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => new AnnotationBook(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ViolationBook(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<SeriesCatalog>(),
            provider.GetRequiredService<ViolationFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ViolationResolution(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<ViolationBook>(),
            provider.GetRequiredService<ChartBoard>(),
            provider.GetRequiredService<MonitorGate>(),
            provider.GetRequiredService<Outbox>(),
            provider.GetRequiredService<OutboxBell>(),
            provider.GetRequiredService<ViolationFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ChartControl(
            provider.GetRequiredService<ChartBoard>(),
            provider.GetRequiredService<MonitorGate>(),
            provider.GetRequiredService<Rebaselining>(),
            provider.GetRequiredService<TurnWriter>(),
            provider.GetRequiredService<TurnPublisher>(),
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new JointCharts(
            provider.GetRequiredService<ChartBoard>(),
            provider.GetRequiredService<SeriesCatalog>(),
            provider.GetRequiredService<MonitorGate>(),
            provider.GetRequiredService<TurnWriter>(),
            provider.GetRequiredService<TurnPublisher>(),
            provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => new DemoRemoval(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<SeriesCatalog>(),
            provider.GetRequiredService<ChartBoard>(),
            provider.GetRequiredService<MonitorGate>()));
        services.AddSingleton(provider => new MonitoringHealth(
            provider.GetRequiredService<StartSignal>(), provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<SampleInbox>()));

        // Before the monitor, so that it stops after it and still delivers what the last turn raised.
        services.AddAlerts().AddReceivers();

        // In this order they start; in the opposite order they stop, the archive first.
        services.AddHostedService<MonitoringStart>();
        services.AddHostedService<SampleMonitor>();
        services.AddHostedService<SampleArchive>();
        services.AddHostedService<Retention>();
        return services;
    }
}
