using System.Text;
using LLMscope.Service.Scraping;
using LLMscope.Service.Scraping.Deriving;
using LLMscope.Service.Scraping.Exposition;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>Pages that lie beside the tests, and what targets make of pages without a network.</summary>
internal static class Fixture
{
    public static readonly DateTime Time = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Scraping", "Fixtures", $"{name}.txt");

    public static TargetPlan Plan(string preset, params MetricOptions[] metrics) =>
        TargetPlan.Of(new TargetOptions { Address = "http://gpu-1:8000", Preset = preset, Metrics = [.. metrics] });

    public static ScrapedPage Read(TargetPlan plan, string text, DateTime? time = null, int mostSeries = 10_000)
    {
        var page = new ScrapedPage(time ?? Time, plan.Wanted, plan.Map, mostSeries);
        var parser = new ExpositionParser(text.Contains("# EOF", StringComparison.Ordinal), page.Wants, page.Take);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
            parser.Read(Encoding.UTF8.GetBytes(line));
        parser.End([]);
        return page;
    }

    /// <summary>What all rules make of two pages, an interval apart, as text: characteristic, value, count, and the parts of the source that differ from the target's.</summary>
    public static List<string> Derived(TargetPlan plan, string? before, string now)
    {
        var interval = new ScrapeInterval(Read(plan, now, Time + Interval), before is null ? null : Read(plan, before));
        return
        [
            .. plan.Rules.SelectMany(rule => rule.Derive(interval).Select(derived =>
                $"{rule.Characteristic.Name} {Math.Round(derived.Value, 6)}{(derived.Count == 1 ? "" : $" of {derived.Count}")}"
                + $" [{string.Join(" | ", ((string[])[derived.Source.Model, derived.Source.Device, derived.Source.Operation]).Where(part => part.Length > 0))}]")),
        ];
    }
}
