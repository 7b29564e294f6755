using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>The share of calls in an interval with an event, such as failures, which stands for as many calls as there were. Nothing where there were none.</summary>
/// <param name="Calls">What counts the calls; with it <paramref name="Events"/> where it leaves these out.</param>
/// <param name="CallsIncludeEvents">Whether a call with the event is among the calls.</param>
internal sealed record EventShareRule(Metric Events, Metric Calls, Characteristic Characteristic, bool CallsIncludeEvents = true) : Rule(Characteristic)
{
    // A counter of failures appears with the first failure, so its absence is no problem and its first value is a gain.
    public override IReadOnlyList<Metric> Metrics => [Calls];

    public override IReadOnlyList<Metric> RareMetrics => [Events];

    public override string Words => $"gain of `{Events}` / gain of {(CallsIncludeEvents ? $"`{Calls}`" : $"both it and `{Calls}`")}";

    public override IEnumerable<DerivedValue> Derive(ScrapeInterval interval)
    {
        foreach (var (source, gained) in interval.Gains([Events, Calls], rare: 0))
        {
            var events = double.IsNaN(gained[0]) ? 0 : gained[0];
            var calls = gained[1] + (CallsIncludeEvents ? 0 : events);

            // Counters are not read at one instant, so more may have failed than were counted.
            if (calls >= 0.5)
                yield return new DerivedValue(source, Share(events, calls), DerivedValue.CountOf(calls));
        }
    }

    private static double Share(double events, double calls)
    {
        // Whole events of whole calls, since one call has the event or not.
        var count = DerivedValue.CountOf(calls);
        return Math.Clamp(Math.Round(events), 0, count) / count;
    }
}
