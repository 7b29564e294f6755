using System.Diagnostics.Metrics;
using LLMscope.Service.Observability;

namespace LLMscope.Service.Scraping;

/// <summary>Counts scrapes and what they brought, by target.</summary>
internal sealed class ScrapingMeter
{
    private readonly Counter<long> _scrapes;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _values;
    private readonly Counter<long> _dropped;
    private readonly Meter _meter;

    public ScrapingMeter(IMeterFactory meters)
    {
        _meter = meters.Create(ChosenInstruments.Own);
        _scrapes = _meter.CreateCounter<long>("llmscope.scraping.scrapes", "{scrape}", "Scrapes by target and outcome.");
        _duration = _meter.CreateHistogram<double>("llmscope.scraping.duration", "s", "Time that scrapes took, from the request to the end of the page.");
        _values = _meter.CreateCounter<long>("llmscope.scraping.values", "{sample}", "Values that were made of scraped pages.");
        _dropped = _meter.CreateCounter<long>("llmscope.scraping.dropped", "{sample}", "Values of scrapes that found no room or were not stored.");
    }

    public void Scraped(string target, ScrapeOutcome outcome, TimeSpan took)
    {
        _scrapes.Add(1, Of(target), new KeyValuePair<string, object?>("outcome", outcome switch
        {
            ScrapeOutcome.TooLarge => "too_large",
            _ => outcome.ToString().ToLowerInvariant(),
        }));
        _duration.Record(took.TotalSeconds, Of(target));
    }

    public void Made(string target, int values, int dropped)
    {
        _values.Add(values, Of(target));
        _dropped.Add(dropped, Of(target));
    }

    /// <summary>Shows what holds of the targets now. Called once.</summary>
    public void Watch(Func<IReadOnlyList<TargetScraper>> targets)
    {
        _meter.CreateObservableGauge("llmscope.scraping.up", () => Each(targets, state => state.IsUp == true ? 1 : 0),
            description: "Whether the last scrape of a target brought a page.");
        _meter.CreateObservableGauge("llmscope.scraping.vanished_metrics", () => Each(targets, state => state.Vanished.Count),
            "{metric}", "Metrics of a target that were there and are no longer.");
        _meter.CreateObservableGauge("llmscope.scraping.capped_series", () => Each(targets, state => state.Capped),
            "{series}", "Time series of a target that are left out because there are too many.");
    }

    private static IEnumerable<Measurement<long>> Each(Func<IReadOnlyList<TargetScraper>> targets, Func<TargetState, long> value) =>
        targets().Where(target => target.State.IsUp is not null).Select(target => new Measurement<long>(value(target.State), Of(target.Plan.Name)));

    private static KeyValuePair<string, object?> Of(string target) => new("target", target);
}
