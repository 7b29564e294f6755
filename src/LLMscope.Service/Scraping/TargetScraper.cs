using LLMscope.Monitoring.Samples;
using LLMscope.Service.Samples;
using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping;

/// <summary>
/// One target, scrape after scrape. A scrape that fails makes no values but one: that it failed. What it knows of the last page outlives a short gap,
/// so that counters then tell the whole time since.
/// </summary>
internal sealed partial class TargetScraper(
    TargetPlan plan, int mostSeries, PageDownload download, SeriesCatalog catalog, SampleInbox inbox, ScrapingMeter meter, TimeProvider clock, ILogger<TargetScraper> logger)
{
    // After a longer gap a gain says little of now.
    private const int LongestGap = 5;

    private readonly Measurements _measurements = new(catalog, inbox);
    private readonly MetricPresence _presence = new(plan.Rules);
    private ScrapedPage? _before;
    private SampleBatch? _sent;
    private bool _isCapSaid;
    private volatile TargetState _state = TargetState.New;

    public TargetPlan Plan { get; } = plan;

    public TargetState State => _state;

    /// <summary>Reads the page once and offers what it tells. One at a time.</summary>
    public async Task ScrapeAsync(CancellationToken cancellation)
    {
        var time = EventTime.WholeMicroseconds(clock.GetUtcNow());
        var began = clock.GetTimestamp();
        var page = new ScrapedPage(time, Plan.Wanted, Plan.Map, mostSeries);
        var fault = await download.ReadAsync(Plan, page, cancellation);
        var took = clock.GetElapsedTime(began);

        _measurements.Add(Plan.OwnSource, Characteristic.Find(Characteristic.Error)!, time, fault is null ? 0 : 1);
        var values = fault is null ? Derive(page) : 0;
        var (dropped, dropProblem) = Send();
        Count(fault, took, values, dropped, page.Capped);
        Tell(new TargetState(
            fault is null, time, took, fault is null ? page.Count : 0, values, dropped, page.Capped,
            fault?.Problem ?? dropProblem ?? PageProblem(page), _presence.Vanished, _presence.NeverSeen));
    }

    /// <summary>What the rules make of the page; a value that cannot be is left out.</summary>
    private int Derive(ScrapedPage page)
    {
        var isGap = _before is null || page.Time <= _before.Time || page.Time - _before.Time > Plan.Interval * LongestGap;
        var interval = new ScrapeInterval(page, isGap ? null : _before);
        foreach (var rule in Plan.Rules)
        {
            foreach (var derived in rule.Derive(interval))
            {
                if (SampleRules.FaultOf(rule.Characteristic, derived.Value, derived.Count) is null)
                    _measurements.Add(derived.Source, rule.Characteristic, page.Time, derived.Value, derived.Count);
            }
        }

        _presence.Look(page);
        _before = page;
        return _measurements.Count - 1;
    }

    private (int Dropped, string? Problem) Send()
    {
        // What became of the last batch: its values are lost where the archive refused it.
        var lost = _sent is { Receipt.IsFaulted: true } ? _sent.Count : 0;
        var problem = lost > 0 ? $"The values of the last scrape were not stored: {_sent!.Receipt.Exception!.GetBaseException().Message}" : null;
        if (_sent is { Receipt.IsCompleted: false })
            problem = "The values of the last scrape wait for the database.";

        var (count, homeless) = (_measurements.Count, _measurements.Homeless);
        _sent = _measurements.Offer(out var isFull);
        if (isFull)
            problem = "The inbox is full, so the values are lost.";
        else if (homeless > 0)
            problem = $"{homeless} values are of new series, and the limit of series is reached.";

        return (lost + homeless + (isFull ? count : 0), problem);
    }

    private string? PageProblem(ScrapedPage page) =>
        _presence.IsBlank ? $"Nothing that the preset {Plan.Preset} charts is on the page. Is it the right preset, and does the server show its metrics?"
        : _presence.Vanished.Count > 0 ? $"Metrics that were there have vanished: {string.Join(", ", _presence.Vanished)}."
        : page.Capped > 0 ? $"{page.Capped} time series beyond the limit of {mostSeries} are left out."
        : null;

    private void Count(ScrapeFault? fault, TimeSpan took, int values, int dropped, int capped)
    {
        meter.Scraped(Plan.Name, fault?.Outcome ?? ScrapeOutcome.Ok, took);
        meter.Made(Plan.Name, values, dropped);
        if (capped == 0 || _isCapSaid)
            return;

        _isCapSaid = true;
        LogCapped(Plan.Name, capped, mostSeries);
    }

    private void Tell(TargetState state)
    {
        var before = _state;
        _state = state;
        if (state.Problem is { } problem && problem != before.Problem)
            LogProblem(Plan.Name, problem);
        else if (state.Problem is null && before.Problem is not null)
            LogWorks(Plan.Name);
        else if (before.IsUp is null)
            LogFirst(Plan.Name, state.TimeSeries);
    }

    [LoggerMessage(LogLevel.Warning, "Scraping {Target}: {Problem}")]
    private partial void LogProblem(string target, string problem);

    [LoggerMessage(LogLevel.Information, "Scraping {Target} works again.")]
    private partial void LogWorks(string target);

    [LoggerMessage(LogLevel.Information, "Scraping {Target} works: {TimeSeries} time series are read.")]
    private partial void LogFirst(string target, int timeSeries);

    [LoggerMessage(LogLevel.Warning, "Scraping {Target}: {Capped} time series beyond the limit of {Limit} are left out, now and from now on.")]
    private partial void LogCapped(string target, int capped, int limit);
}
