using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>A scrape and the one before it, which is what counters are read from.</summary>
/// <param name="Before">Null at the first scrape and after a gap that is too long: then counters tell nothing yet.</param>
internal sealed record ScrapeInterval(ScrapedPage Now, ScrapedPage? Before)
{
    public double Seconds => Before is null ? double.NaN : (Now.Time - Before.Time).TotalSeconds;

    /// <summary>
    /// What counters gained, by source. Where one of them went back, the process behind it was restarted: then all of that source are counted from zero.
    /// A time series that was not there before tells nothing yet, unless it counts what is rare.
    /// </summary>
    /// <param name="counters">Each is summed over its time series.</param>
    /// <param name="rare">The counter, by its place, that first appears with its first event, so that what it has was gained since the last scrape; -1 for none.</param>
    /// <returns>By source a gain per counter; NaN where it is not known.</returns>
    public Dictionary<Source, double[]> Gains(IReadOnlyList<Metric> counters, int rare = -1)
    {
        var gains = new Dictionary<Source, double[]>();
        if (Before is null)
            return gains;

        var all = counters.Select(counter => Now.Find(counter).Where(series => double.IsFinite(series.Value)).ToArray()).ToArray();
        var restarted = all.SelectMany(series => series).Where(series => series.Value < Before.ValueOf(series)).Select(series => series.Source).ToHashSet();
        for (var i = 0; i < counters.Count; i++)
        {
            foreach (var series in all[i])
            {
                var from = restarted.Contains(series.Source) ? 0 : Before.ValueOf(series) ?? (i == rare ? 0 : null);
                if (from is null)
                    continue;

                if (!gains.TryGetValue(series.Source, out var gained))
                    gains[series.Source] = gained = [.. Enumerable.Repeat(double.NaN, counters.Count)];
                gained[i] = (double.IsNaN(gained[i]) ? 0 : gained[i]) + series.Value - from.Value;
            }
        }

        return gains;
    }
}
