using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using LLMscope.Monitoring.Charts;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LLMscope.Service.Observability;

/// <summary>
/// Everything that LLMscope measures of itself, as text. It measures from when it is made, so it must be made before the instruments
/// are used. One scrape is made at a time; a few wait, more are refused.
/// </summary>
internal sealed class MetricsPage : IDisposable
{
    private const int MostWaiting = 4;

    private readonly ConcurrencyLimiter _turns = new(new() { PermitLimit = 1, QueueLimit = MostWaiting });
    private readonly CollectedMetrics _collected = new();
    private readonly ProcessMetrics _process = new();
    private readonly ChartMetrics _charts;
    private readonly OpenTelemetrySdk _sdk;

    public MetricsPage(ChartBoard board, IMeterFactory meters, IOptions<MetricsOptions> options, TimeProvider clock)
    {
        _charts = new ChartMetrics(board, options, clock);
        _sdk = OpenTelemetrySdk.Create(builder => builder.WithMetrics(metrics => metrics
            .AddMeter(ChosenInstruments.Meters)
            .AddView(instrument => ChosenInstruments.ViewOf(instrument, meters, options.Value.LargestCardinality))
            .AddReader(_collected.Reader)));
    }

    /// <summary>The page; null where too many scrapes wait already.</summary>
    public async Task<string?> TryWriteAsync(MetricsFormat format, CancellationToken cancellation)
    {
        using var turn = await _turns.AcquireAsync(1, cancellation);
        return turn.IsAcquired ? MetricsText.Write(Joined([.. _process.Read(), .. _collected.Read(), .. _charts.Read()]), format) : null;
    }

    public void Dispose()
    {
        _sdk.Dispose();
        _turns.Dispose();
    }

    /// <summary>Two meters may have an instrument of the same name; a page names each family once.</summary>
    internal static IEnumerable<MetricFamily> Joined(IEnumerable<MetricFamily> families) => families
        .Where(family => family.Values.Count > 0)
        .GroupBy(family => family.Name)
        .OrderBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => same.DistinctBy(family => family.Kind).Count() == 1
            ? same.First() with { Values = [.. same.SelectMany(family => family.Values)] }
            : throw new InvalidOperationException($"'{same.Key}' is the name of metrics of different kinds."));
}
