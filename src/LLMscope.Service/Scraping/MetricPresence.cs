using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping;

/// <summary>Which metrics of a target were there, and which are gone.</summary>
internal sealed class MetricPresence(IReadOnlyList<Rule> rules)
{
    private readonly HashSet<string> _seen = []; // bounded by the rules

    public IReadOnlyList<string> Vanished { get; private set; } = [];

    public IReadOnlyList<string> NeverSeen { get; private set; } = [];

    /// <summary>Whether nothing of the preset was ever on a page.</summary>
    public bool IsBlank => _seen.Count == 0;

    public void Look(ScrapedPage page)
    {
        var metrics = rules.SelectMany(rule => rule.Metrics.Select(metric => (metric.Name, metric, rule.IsOptional))).DistinctBy(one => one.Name).ToArray();
        var missing = metrics.Where(one => !page.Has(one.metric)).ToArray();
        _seen.UnionWith(metrics.Except(missing).Select(one => one.Name));
        Vanished = [.. missing.Where(one => _seen.Contains(one.Name)).Select(one => one.Name)];
        NeverSeen = [.. missing.Where(one => !one.IsOptional && !_seen.Contains(one.Name)).Select(one => one.Name)];
    }
}
