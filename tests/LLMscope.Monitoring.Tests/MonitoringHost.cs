using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Tests;
using LLMscope.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LLMscope.Monitoring.Tests;

/// <summary>The whole monitoring on a real database, without a door: samples go straight into the inbox.</summary>
internal sealed class MonitoringHost : IAsyncDisposable
{
    private readonly IHost _host;

    private MonitoringHost(IHost host) => _host = host;

    public SeriesCatalog Catalog => Get<SeriesCatalog>();

    public ChartBoard Board => Get<ChartBoard>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>A database with the schema, copied from one that was migrated once.</summary>
    public static Task<TestDatabase> CreateDatabaseAsync(CancellationToken cancellation) => TestDatabase.CreateAsync(
        "monitoring",
        async connectionString =>
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellation);
            await Migrations.ApplyAsync(connection, TimeProvider.System, cancellation);
        },
        cancellation);

    public static async Task<MonitoringHost> StartAsync(
        TestDatabase database, CancellationToken cancellation, ManualClock? clock = null, params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Services.AddSingleton<TimeProvider>(clock ?? new ManualClock());
        builder.Services.AddLogging();
        builder.Services.AddMonitoring(database.ConnectionString);
        var host = new MonitoringHost(builder.Build());
        await host._host.StartAsync(cancellation);
        await host.Get<MonitoringHealth>().ReadyAsync(cancellation);
        return host;
    }

    public Series Series(string characteristic, string model = "gpt-4o")
    {
        Assert.True(Catalog.TryGetOrAdd(new Source(Model: model), Characteristic.Find(characteristic) ?? Characteristic.Custom(characteristic, Unit.Ratio), out var series));
        return series;
    }

    /// <summary>Puts a batch into the inbox and waits until it is on disk.</summary>
    public Task<BatchReceipt> SendAsync(IEnumerable<Sample> samples, Guid[]? keys = null)
    {
        var batch = new SampleBatch(samples.ToArray(), [], keys);
        Assert.True(Get<SampleInbox>().TryAccept(batch));
        return batch.Receipt;
    }

    /// <summary>Waits until everything that is archived is in points, violations and progress, and shown.</summary>
    public async Task JudgedAsync(CancellationToken cancellation)
    {
        await using var connection = await Get<NpgsqlDataSource>().OpenConnectionAsync(cancellation);
        while (await ProgressRows.ReadAsync(connection, cancellation) is var progress && progress.Judged < progress.Archived)
            cancellation.ThrowIfCancellationRequested();

        // A turn is shown right after its commit, before the gate opens again.
        using var shown = await Get<MonitorGate>().EnterAsync(cancellation);
    }

    /// <summary>Ends as a crash does: nothing is finished, drained or said goodbye to.</summary>
    public async Task CrashAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await StopAsync(now.Token);
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task StopAsync(CancellationToken cancellation)
    {
        try
        {
            await _host.StopAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // It was to end at once.
        }
        finally
        {
            _host.Dispose();
        }
    }
}
