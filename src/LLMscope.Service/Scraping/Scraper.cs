using System.Text;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Scraping;

/// <summary>
/// Reads every target at its interval. Each begins at a place of its own within the interval, which is the same after a restart, so that targets spread
/// over time; and only so many are read at once.
/// </summary>
internal sealed class Scraper : BackgroundService
{
    private readonly MonitoringHealth _health;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _turns;

    public Scraper(
        PageDownload download, SeriesCatalog catalog, SampleInbox inbox, MonitoringHealth health, ScrapingMeter meter,
        IOptions<ScrapingOptions> options, TimeProvider clock, ILogger<TargetScraper> logger)
    {
        (_health, _clock) = (health, clock);
        _turns = new SemaphoreSlim(options.Value.MostConcurrent);
        Targets = [.. options.Value.Targets.Select(target =>
            new TargetScraper(TargetPlan.Of(target), options.Value.MostSeries, download, catalog, inbox, meter, clock, logger))];
        meter.Watch(() => Targets);
    }

    public IReadOnlyList<TargetScraper> Targets { get; }

    /// <summary>Where in its interval a target is read.</summary>
    public static TimeSpan OffsetOf(TargetPlan target)
    {
        // FNV-1a: the same in every process, other than the hash codes of strings.
        var hash = Encoding.UTF8.GetBytes(target.Name).Aggregate(2166136261u, (hash, next) => unchecked((hash ^ next) * 16777619u));
        return target.Interval * (hash % 1000 / 1000.0);
    }

    public override void Dispose()
    {
        _turns.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _health.ReadyAsync(stoppingToken);
        await Task.WhenAll(Targets.Select(target => RunAsync(target, stoppingToken)));
    }

    private async Task RunAsync(TargetScraper target, CancellationToken cancellation)
    {
        await Task.Delay(OffsetOf(target.Plan), _clock, cancellation);
        using var timer = new PeriodicTimer(target.Plan.Interval, _clock);
        do
        {
            await _turns.WaitAsync(cancellation);
            try
            {
                await target.ScrapeAsync(cancellation);
            }
            finally
            {
                _turns.Release();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }
}
