using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Exposition;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>What one scrape found of the metrics that are of interest. It takes samples until its limit; further ones are only counted.</summary>
/// <param name="time">When the scrape began, in UTC and whole microseconds.</param>
/// <param name="wanted">The names of interest.</param>
internal sealed class ScrapedPage(DateTime time, FrozenSet<string> wanted, SourceMap map, int mostSeries)
{
    /// <summary>A sample whose own time is older than this is no longer current, as in Prometheus.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    // Bounded by mostSeries.
    private readonly Dictionary<string, Dictionary<string, TimeSeries>> _metrics = [];
    private readonly Dictionary<string, Source> _sources = [];

    public DateTime Time { get; } = time;

    /// <summary>Time series that were kept.</summary>
    public int Count { get; private set; }

    /// <summary>Time series that found no room.</summary>
    public int Capped { get; private set; }

    public bool Wants(string name) => wanted.Contains(name);

    public void Take(ExpositionSample sample)
    {
        if (sample.Milliseconds is { } own && own < new DateTimeOffset(Time - LongestDelay).ToUnixTimeMilliseconds())
            return;

        var key = string.Join('\u001f', sample.Labels.Select(label => $"{label.Name}\u001e{label.Value}"));
        var isKnown = _metrics.TryGetValue(sample.Name, out var series);
        if (isKnown && series!.ContainsKey(key))
            return; // A page must not have the same time series twice; like Prometheus, the first one stands.
        if (Count >= mostSeries)
        {
            Capped++;
            return;
        }

        if (!isKnown)
            _metrics[sample.Name] = series = [];
        if (!_sources.TryGetValue(key, out var source))
            _sources[key] = source = map.Of(sample.Labels);

        series![key] = new TimeSeries(sample.Name, key, sample.Labels, source, sample.Value);
        Count++;
    }

    public bool Has(Metric metric) => metric.Names.Any(_metrics.ContainsKey);

    /// <summary>The time series of a metric under the first of its names that is there.</summary>
    public IEnumerable<TimeSeries> Find(Metric metric) =>
        metric.Names.Select(_metrics.GetValueOrDefault).FirstOrDefault(found => found is not null) is { } all
            ? all.Values.Where(series => metric.Includes(series.Labels))
            : [];

    /// <summary>The value of the same time series here.</summary>
    public double? ValueOf(in TimeSeries series) => TryFind(series, out var here) && double.IsFinite(here.Value.Value) ? here.Value.Value : null;

    private bool TryFind(in TimeSeries series, [NotNullWhen(true)] out TimeSeries? here)
    {
        here = _metrics.TryGetValue(series.Name, out var same) && same.TryGetValue(series.Key, out var found) ? found : null;
        return here is not null;
    }
}

/// <param name="Key">Its labels as one text.</param>
internal readonly record struct TimeSeries(string Name, string Key, Label[] Labels, Source Source, double Value)
{
    public string? Label(string name) => Array.Find(Labels, label => label.Name == name).Value;
}
