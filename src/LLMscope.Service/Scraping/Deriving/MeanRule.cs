using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>The mean of what a histogram or a summary observed between two scrapes, by its sum and its count. Nothing where it observed nothing.</summary>
/// <param name="Factor">What it is multiplied with to be in the base unit.</param>
internal sealed record MeanRule(Metric Histogram, Characteristic Characteristic, double Factor = 1) : Rule(Characteristic)
{
    public override IReadOnlyList<Metric> Metrics => [Histogram.Part("_count"), Histogram.Part("_sum")];

    public override string Words => $"mean of `{Histogram}`{(Factor == 1 ? "" : $" × {Factor}")}";

    public override IEnumerable<DerivedValue> Derive(ScrapeInterval interval)
    {
        foreach (var (source, gained) in interval.Gains(Metrics))
        {
            if (gained is [>= 0.5 and var count, var sum] && double.IsFinite(sum))
                yield return new DerivedValue(source, Factor * sum / count, DerivedValue.CountOf(count));
        }
    }
}
