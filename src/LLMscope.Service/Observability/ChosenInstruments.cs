using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace LLMscope.Service.Observability;

/// <summary>
/// The instruments that the page of metrics shows: all of LLMscope and a few of the platform. What is not chosen is not collected.
/// </summary>
internal static class ChosenInstruments
{
    public const string Own = "LLMscope";

    // A commit takes a millisecond on a good disk and seconds on a bad day; so does whatever else is timed here.
    private static readonly double[] SecondsBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly FrozenDictionary<(string Meter, string Instrument), Choice> Platform = new Dictionary<(string, string), Choice>
    {
        [("Microsoft.AspNetCore.Hosting", "http.server.request.duration")] = new(null, "http.request.method", "http.route", "http.response.status_code"),
        [("Microsoft.AspNetCore.Hosting", "http.server.active_requests")] = new(null),
        [("Microsoft.AspNetCore.Server.Kestrel", "kestrel.active_connections")] = new(null),
        [("Microsoft.AspNetCore.Server.Kestrel", "kestrel.rejected_connections")] = new(null),
        [("Microsoft.AspNetCore.Http.Connections", "signalr.server.active_connections")] = new(null, "signalr.transport"),

        // The name of a pool holds the host and the user of the database. A gauge must not end in _count.
        [("Npgsql", "db.client.connection.count")] = new("db.client.connections", "db.client.connection.state"),
        [("Npgsql", "db.client.connection.max")] = new("db.client.connections.max"),
        [("Npgsql", "db.client.connection.npgsql.pending_requests")] = new(null),
        [("Npgsql", "db.client.connection.npgsql.timeouts")] = new(null),
        [("Npgsql", "db.client.operation.duration")] = new(null),
        [("Npgsql", "db.client.operation.failed")] = new(null),

        [("System.Runtime", "dotnet.gc.collections")] = new(null, "gc.heap.generation"),
        [("System.Runtime", "dotnet.gc.pause.time")] = new(null),
        [("System.Runtime", "dotnet.gc.heap.total_allocated")] = new(null),
        [("System.Runtime", "dotnet.gc.last_collection.memory.committed_size")] = new(null),
        [("System.Runtime", "dotnet.exceptions")] = new(null),
    }.ToFrozenDictionary();

    public static string[] Meters { get; } = [Own, .. Platform.Keys.Select(key => key.Meter).Distinct()];

    /// <summary>How an instrument is collected.</summary>
    /// <param name="host">The meters of this host; those of another host in the same process are none of ours.</param>
    public static MetricStreamConfiguration? ViewOf(Instrument instrument, IMeterFactory host, int largestCardinality)
    {
        Choice? choice = new(null);
        if (instrument.Meter.Name == Own ? instrument.Meter.Scope != host : !Platform.TryGetValue((instrument.Meter.Name, instrument.Name), out choice))
            return MetricStreamConfiguration.Drop;

        var view = NeedsBounds(instrument) ? new ExplicitBucketHistogramConfiguration { Boundaries = SecondsBounds } : new MetricStreamConfiguration();
        view.CardinalityLimit = largestCardinality;
        view.Name = choice.Name;
        if (instrument.Meter.Name != Own)
            view.TagKeys = choice.Labels;

        return view;
    }

    private static bool NeedsBounds(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s", Advice: null } or Histogram<double> { Name: "db.client.operation.duration" };

    private sealed record Choice(string? Name, params string[] Labels);
}
