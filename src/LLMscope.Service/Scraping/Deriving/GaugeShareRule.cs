using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>How much of a whole a gauge is, for example memory in use.</summary>
/// <param name="Whole">Gauges whose sum is the whole.</param>
/// <param name="IsRest">Whether the share of what the gauge is not is meant, as where it tells what is free.</param>
internal sealed record GaugeShareRule(Metric Gauge, IReadOnlyList<Metric> Whole, Characteristic Characteristic, bool IsRest = false) : Rule(Characteristic)
{
    public override IReadOnlyList<Metric> Metrics => [Gauge, .. Whole];

    public override string Words
    {
        get
        {
            var whole = string.Join(" + ", Whole.Select(part => $"`{part}`"));
            return $"{(IsRest ? "1 − " : "")}`{Gauge}` / {(Whole.Count > 1 ? $"({whole})" : whole)}";
        }
    }

    public override IEnumerable<DerivedValue> Derive(ScrapeInterval interval)
    {
        var wholes = Whole.Select(part => Sums(interval.Now, part)).ToArray();
        foreach (var (source, part) in Sums(interval.Now, Gauge))
        {
            var whole = wholes.Sum(sums => sums.TryGetValue(source, out var sum) ? sum : double.NaN);
            var share = part / whole;
            if (whole > 0 && share is >= 0 and <= 1)
                yield return new DerivedValue(source, IsRest ? 1 - share : share);
        }
    }

    private static Dictionary<Source, double> Sums(ScrapedPage page, Metric metric) =>
        page.Find(metric).GroupBy(series => series.Source).ToDictionary(same => same.Key, same => same.Sum(series => series.Value));
}
