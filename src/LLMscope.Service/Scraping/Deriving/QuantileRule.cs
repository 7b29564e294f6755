using System.Text;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Histograms;
using LLMscope.Service.Scraping.Exposition;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>
/// A quantile of what a histogram observed between two scrapes. It is an estimate: within a bucket the values are taken to lie evenly between its bounds,
/// and beyond the highest bound they are taken to be at it.
/// </summary>
/// <param name="Quantile">Between 0 and 1.</param>
/// <param name="Factor">What it is multiplied with to be in the base unit.</param>
internal sealed record QuantileRule(Metric Histogram, double Quantile, Characteristic Characteristic, double Factor = 1) : Rule(Characteristic)
{
    private const string Bound = "le";

    private readonly Metric _buckets = Histogram.Part("_bucket");

    public override IReadOnlyList<Metric> Metrics => [_buckets];

    public override string Words => $"{Quantile * 100:0.##}th percentile of `{Histogram}`, estimated from its buckets{(Factor == 1 ? "" : $" × {Factor}")}";

    public override IEnumerable<DerivedValue> Derive(ScrapeInterval interval)
    {
        if (interval.Before is not { } before)
            yield break;

        foreach (var same in interval.Now.Find(_buckets).GroupBy(series => series.Source))
        {
            var buckets = same.ToArray();
            var isRestarted = buckets.Any(bucket => bucket.Value < before.ValueOf(bucket));
            var gains = new SortedDictionary<double, double>();
            foreach (var bucket in buckets)
            {
                if (!ExpositionNumbers.TryParse(Encoding.UTF8.GetBytes(bucket.Label(Bound) ?? ""), out var bound) || double.IsNaN(bound))
                    continue;
                if ((isRestarted ? 0 : before.ValueOf(bucket)) is { } from)
                    gains[bound] = gains.GetValueOrDefault(bound) + bucket.Value - from;
            }

            if (QuantileOf(gains) is { } value)
                yield return new DerivedValue(same.Key, Factor * value, DerivedValue.CountOf(gains[double.PositiveInfinity]));
        }
    }

    // Without the bucket that holds all values a part of the histogram is missing.
    private double? QuantileOf(SortedDictionary<double, double> gains) =>
        gains.TryGetValue(double.PositiveInfinity, out var all) && all >= 0.5
        && BucketQuantile.OfCumulative(Quantile, gains.Keys.ToArray(), gains.Values.ToArray()) is var value && double.IsFinite(value) ? value : null;
}
