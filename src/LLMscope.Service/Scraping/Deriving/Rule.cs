using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>How one characteristic is made of the metrics of a page. A rule has no state: it looks at a scrape and the one before it.</summary>
internal abstract record Rule(Characteristic Characteristic)
{
    /// <summary>Whether its metrics may be absent without this being a problem: older or newer versions of the server, or a feature that is off.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What must be there for it.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>What it reads as well where it is there, and may do without.</summary>
    public virtual IReadOnlyList<Metric> RareMetrics => [];

    /// <summary>What is done with the metrics, for people.</summary>
    public abstract string Words { get; }

    public abstract IEnumerable<DerivedValue> Derive(ScrapeInterval interval);

    /// <summary>A characteristic that is well known, or one of this name and unit.</summary>
    public static Characteristic Named(string name, string unit = "1") => Characteristic.Find(name) ?? Characteristic.Custom(
        name, Unit.TryFind(unit, out var known) ? known : throw new ArgumentException($"'{unit}' is not a known unit.", nameof(unit)));
}
