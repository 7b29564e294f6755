using System.Collections.Frozen;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Deriving;
using LLMscope.Service.Scraping.Presets;

namespace LLMscope.Service.Scraping;

/// <summary>A target as its options and its preset make it together.</summary>
/// <param name="Wanted">The names that are read from the page.</param>
internal sealed record TargetPlan(
    string Name, Uri Address, string Preset, TimeSpan Interval, TimeSpan Timeout, TargetLogin Login, TargetTrust? Trust, SourceMap Map,
    IReadOnlyList<Rule> Rules, FrozenSet<string> Wanted)
{
    /// <summary>What the outcome of its scrapes is charted of.</summary>
    public Source OwnSource { get; } = Map.Fixed with { Provider = "", Operation = "scrape", Application = "llmscope-scrape" };

    /// <summary>A target of options that were found right.</summary>
    public static TargetPlan Of(TargetOptions options)
    {
        var address = AddressOf(options.Address)!;
        var preset = PresetBook.Find(options.Preset)!;
        Rule[] rules = [.. preset.Rules, .. options.Metrics.Select(ChosenMetric.RuleOf)];
        var chosen = options.Source.ToDictionary(part => PartOf(part.Key)!.Value, part => part.Value);
        var own = chosen.Aggregate(new Source(Provider: preset.Provider, Host: address.Authority), (source, part) => source.With(part.Key, part.Value));
        SourceTemplate[] templates = [.. preset.Source, .. options.SourceFrom.Select(part => new SourceTemplate(PartOf(part.Key)!.Value, $"{{{part.Value}}}"))];
        var allowed = (options.Labels ?? templates.SelectMany(template => template.Labels)).Except(options.IgnoredLabels, StringComparer.Ordinal);
        var map = new SourceMap(own, templates, chosen, allowed.ToFrozenSet(StringComparer.Ordinal));
        return new TargetPlan(
            NameOf(options), address, preset.Name, options.Interval, TimeoutOf(options), TargetLogin.Of(options), TargetTrust.Of(options), map, rules,
            rules.SelectMany(rule => rule.Metrics.Concat(rule.RareMetrics)).SelectMany(metric => metric.Names).ToFrozenSet());
    }

    public static string NameOf(TargetOptions options) => options.Name ?? AddressOf(options.Address)?.Authority ?? options.Address;

    public static TimeSpan TimeoutOf(TargetOptions options) =>
        options.Timeout ?? TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(10).Ticks, options.Interval.Ticks));

    /// <summary>Null where the text is no address of a page.</summary>
    public static Uri? AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.Host.Length > 0
            ? address.AbsolutePath == "/" ? new UriBuilder(address) { Path = "/metrics" }.Uri : address
            : null;

    /// <summary>A part by its name, in any case; numbers are none.</summary>
    public static SourcePart? PartOf(string name) =>
        Enum.TryParse<SourcePart>(name, ignoreCase: true, out var part) && Enum.IsDefined(part) && !char.IsDigit(name[0]) ? part : null;
}
