using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>A gauge as it stands.</summary>
/// <param name="Factor">What its value is multiplied with to be in the base unit.</param>
/// <param name="Together">What becomes of several time series of one source.</param>
internal sealed record GaugeRule(Metric Gauge, Characteristic Characteristic, double Factor = 1, Together Together = Together.Sum) : Rule(Characteristic)
{
    public override IReadOnlyList<Metric> Metrics => [Gauge];

    public override string Words => $"`{Gauge}`{(Factor == 1 ? "" : $" × {Factor}")}";

    public override IEnumerable<DerivedValue> Derive(ScrapeInterval interval) => interval.Now.Find(Gauge)
        .Where(series => double.IsFinite(series.Value))
        .GroupBy(series => series.Source, series => series.Value)
        .Select(same => new DerivedValue(same.Key, Factor * (Together == Together.Sum ? same.Sum() : same.Average())));
}

internal enum Together
{
    Sum,
    Mean,
}
