namespace LLMscope.Service.Scraping;

/// <summary>What is known of a target after its last scrape.</summary>
/// <param name="IsUp">Whether the last scrape brought a page; null before the first.</param>
/// <param name="TimeSeries">Those of the page that something is charted from.</param>
/// <param name="Values">What was made of them.</param>
/// <param name="Problem">What is wrong, for people; null where nothing is.</param>
/// <param name="Vanished">Metrics that were there and are no longer.</param>
/// <param name="NeverSeen">Metrics of the preset that were never there. Some servers show a metric only once something has happened.</param>
internal sealed record TargetState(
    bool? IsUp, DateTime? LastScrape, TimeSpan Duration, int TimeSeries, int Values, int Dropped, int Capped, string? Problem,
    IReadOnlyList<string> Vanished, IReadOnlyList<string> NeverSeen)
{
    public static TargetState New { get; } = new(null, null, TimeSpan.Zero, 0, 0, 0, 0, null, [], []);
}
