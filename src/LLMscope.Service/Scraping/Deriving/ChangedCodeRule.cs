using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>
/// An event per scrape: 1 where a gauge holds a code that it did not hold before, 0 where it does not. For gauges that hold the last error,
/// as those of XID errors do: the numbers themselves cannot be charted. The same code twice in a row is seen once.
/// </summary>
internal sealed record ChangedCodeRule(Metric Gauge, Characteristic Characteristic) : Rule(Characteristic)
{
    public override IReadOnlyList<Metric> Metrics => [Gauge];

    public override string Words => $"share of scrapes with a new code in `{Gauge}`";

    public override IEnumerable<DerivedValue> Derive(ScrapeInterval interval)
    {
        if (interval.Before is not { } before)
            yield break;

        foreach (var same in interval.Now.Find(Gauge).GroupBy(series => series.Source))
        {
            var isNew = same.Any(series => series.Value > 0 && before.ValueOf(series) is { } earlier && earlier != series.Value);
            yield return new DerivedValue(same.Key with { Operation = "xid" }, isNew ? 1 : 0);
        }
    }
}
