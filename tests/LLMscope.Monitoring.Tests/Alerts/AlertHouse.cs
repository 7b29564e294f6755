using System.Diagnostics.Metrics;
using System.Threading.Channels;
using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Alerts.Receivers;
using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Violations;
using LLMscope.Tests.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Alerts;

/// <summary>
/// Alert delivery as it runs in the service, on a real database, with a clock that stands still. Its sender runs once it is started;
/// stopping it and opening another house on the same database is a restart.
/// </summary>
internal sealed class AlertHouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly MeterListener _meters = new();
    private readonly Channel<string> _outcomes = Channel.CreateUnbounded<string>();

    private AlertHouse(string connectionString, ManualClock clock, IDataProtectionProvider keys)
    {
        (ConnectionString, Clock, Keys) = (connectionString, clock, keys);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("LLMscope:PublicUrl", "https://scope.example/")]).Build());
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        services.AddSingleton<StartSignal>();
        services.AddAlerts().AddReceivers();
        services.AddSingleton(keys);
        _services = services.BuildServiceProvider();
        _services.GetRequiredService<StartSignal>().Restored(new Progress(0, 0, 0, 0));
        Listen();
    }

    public string ConnectionString { get; }

    public ManualClock Clock { get; }

    public IDataProtectionProvider Keys { get; }

    public NpgsqlDataSource Database => _services.GetRequiredService<NpgsqlDataSource>();

    public ReceiverBook Receivers => _services.GetRequiredService<ReceiverBook>();

    public NotificationLog Log => _services.GetRequiredService<NotificationLog>();

    public Outbox Outbox => _services.GetRequiredService<Outbox>();

    public Delivery Delivery => _services.GetRequiredService<Delivery>();

    public static Task<TestDatabase> NewDatabaseAsync(CancellationToken cancellation) => TestDatabase.CreateAsync("alerts", async template =>
    {
        await using var connection = new NpgsqlConnection(template);
        await connection.OpenAsync(cancellation);
        await Migrations.ApplyAsync(connection, TimeProvider.System, cancellation);
        await using var chart = new NpgsqlCommand(
            """
            INSERT INTO sources VALUES (1, '', 'openai', 'gpt-4o', '', '', '', '', '', false);
            INSERT INTO series VALUES (1, 1, 'duration', 's', now());
            INSERT INTO charts VALUES (1, 1, 0, 0, '0', 1, 100, 0, NULL);
            INSERT INTO baselines SELECT 1, 1, 1, now(), '', '', 1, 100, now(), now(), 0, 100, 100, 0, 0, 0, '{}', 0, 0, '0', '[]', '{}';
            """,
            connection);
        await chart.ExecuteNonQueryAsync(cancellation);
    }, cancellation);

    public static AlertHouse Open(TestDatabase database, ManualClock? clock = null, IDataProtectionProvider? keys = null) =>
        new(database.ConnectionString, clock ?? new ManualClock(), keys ?? new EphemeralDataProtectionProvider());

    /// <summary>A violation that is committed together with its notifications.</summary>
    public async Task<Guid> RaiseAsync(CancellationToken cancellation)
    {
        var violation = Guid.NewGuid();
        await using var connection = await Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RecordAsync(connection, violation, cancellation);
        await Outbox.EnqueueAsync(connection, Notices.Opened(violation), cancellation);
        await transaction.CommitAsync(cancellation);
        Ring();
        return violation;
    }

    public async Task ResolveAsync(Guid violation, CancellationToken cancellation)
    {
        await using var connection = await Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Outbox.EnqueueAsync(connection, Notices.Resolved(violation), cancellation);
        await transaction.CommitAsync(cancellation);
        Ring();
    }

    public static async Task RecordAsync(NpgsqlConnection connection, Guid violation, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO violations (id, chart_id, baseline_id, direction, state, severity, rules, first_rules, opened_at, opened_number,
                last_signal_at, last_signal_number, signal_points, value, extreme, centre, lower, upper, resolved_at)
            SELECT $1, 1, 1, 1, 2, 2, 1, 1, now(), count(*) + 1, now(), 1, 1, 0, 0, 0, 0, 0, now() FROM violations
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = violation });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<Receiver> AddWebhookAsync(string name, string url, CancellationToken cancellation, string? secret = null)
    {
        var change = await Receivers.AddAsync(new ReceiverDraft(name, "webhook", true, new Dictionary<string, string> { ["url"] = url }, secret), cancellation);
        Assert.Empty(change.Problems);
        return change.Receiver!;
    }

    public async Task StartAsync(CancellationToken cancellation) => await Sender.StartAsync(cancellation);

    /// <summary>Ends the sender. What is under way then stays as after kill -9: leased, its result unknown.</summary>
    public async Task StopAsync()
    {
        var stopped = Sender.StopAsync(CancellationToken.None);
        Clock.Advance(TimeSpan.FromSeconds(5)); // Its patience with what is under way.
        await stopped;
    }

    public void Ring() => _services.GetRequiredService<OutboxBell>().Ring();

    public void Advance(TimeSpan time)
    {
        Clock.Advance(time);
        Ring();
    }

    /// <summary>What came of the next attempt, once it is written down: sent, failed or dead.</summary>
    public async Task<string> OutcomeAsync(CancellationToken cancellation) => await _outcomes.Reader.ReadAsync(cancellation);

    public async Task<Notification> SingleAsync(CancellationToken cancellation) => Assert.Single(await Log.ListAsync(null, null, 10, cancellation));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _meters.Dispose();
        await _services.DisposeAsync();
    }

    private BackgroundService Sender => (BackgroundService)_services.GetServices<IHostedService>().Single(service => service is OutboxSender);

    private void Listen()
    {
        var own = _services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "llmscope.notifications" && instrument.Meter.Scope == own)
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((_, attempts, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "outcome" && attempts > 0)
                    _outcomes.Writer.TryWrite((string)tag.Value!);
            }
        });
        _meters.Start();
    }
}
