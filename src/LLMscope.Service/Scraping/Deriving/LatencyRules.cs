namespace LLMscope.Service.Scraping.Deriving;

/// <summary>The rules that a histogram of times always gets: its mean, its median and its 95th percentile per interval.</summary>
internal static class LatencyRules
{
    /// <param name="characteristic">What the histogram observes, for example <c>duration</c>.</param>
    public static IEnumerable<Rule> Of(Metric histogram, string characteristic, bool isOptional = false) =>
    [
        new MeanRule(histogram, Rule.Named($"{characteristic}_mean", "s")) { IsOptional = isOptional },
        new QuantileRule(histogram, 0.5, Rule.Named($"{characteristic}_p50", "s")) { IsOptional = isOptional },
        new QuantileRule(histogram, 0.95, Rule.Named($"{characteristic}_p95", "s")) { IsOptional = isOptional },
    ];
}
