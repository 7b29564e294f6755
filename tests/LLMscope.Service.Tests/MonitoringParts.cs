using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMscope.Service.Tests;

/// <summary>The few parts of the monitoring that stand between a reading and the archive, without the archive.</summary>
internal sealed class MonitoringParts : IAsyncDisposable
{
    // Nobody listens on port 1.
    public const string NoDatabase = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=5";

    private readonly StartSignal _start = new();
    private readonly NpgsqlDataSource _database;

    public MonitoringParts(string connectionString = NoDatabase, int largestNumberOfSeries = 100, int capacity = 1_000)
    {
        _database = NpgsqlDataSource.Create(connectionString);
        Catalog = new SeriesCatalog(Options.Create(new CatalogOptions { LargestNumberOfSeries = largestNumberOfSeries }));
        Inbox = new SampleInbox(Options.Create(new InboxOptions { Capacity = capacity }));
        Health = new MonitoringHealth(_start, _database, Inbox);
    }

    public SeriesCatalog Catalog { get; }

    public SampleInbox Inbox { get; }

    public MonitoringHealth Health { get; }

    public void Start() => _start.Restored(new Progress(0, 0, 0, 0));

    /// <summary>Fills the inbox with samples that nobody takes.</summary>
    public void Fill(int samples)
    {
        Assert.True(Catalog.TryGetOrAdd(new Source(Model: "m"), Characteristic.Find(Characteristic.Duration)!, out var series));
        Assert.True(Inbox.TryAccept(new SampleBatch(Enumerable.Repeat(new Sample(series, DateTime.UnixEpoch, 1), samples).ToArray(), [])));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
