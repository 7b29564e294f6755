using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>What a counter gains per second between two scrapes.</summary>
/// <param name="Factor">What a gain is multiplied with to be in the base unit.</param>
internal sealed record RateRule(Metric Counter, Characteristic Characteristic, double Factor = 1) : Rule(Characteristic)
{
    public override IReadOnlyList<Metric> Metrics => [Counter];

    public override string Words => $"gain of `{Counter}` per second{(Factor == 1 ? "" : $" × {Factor}")}";

    public override IEnumerable<DerivedValue> Derive(ScrapeInterval interval) =>
        interval.Gains(Metrics).Select(gained => new DerivedValue(gained.Key, Factor * gained.Value[0] / interval.Seconds));
}
