using LLMscope.Spc.Attributes;

namespace LLMscope.Monitoring.Charts;

/// <summary>What the reader of a chart of counted events should know of its counts.</summary>
internal static class CountedAdvice
{
    /// <param name="isLaney">Whether the limits of the chart are Laney's.</param>
    public static IEnumerable<string> Of(AttributeAdvice advice, bool isLaney, bool isOverdispersed, double dispersion)
    {
        yield return advice.Reason;
        if (advice.Chart == AttributeChart.BetweenEvents)
            yield return "Choose the time between events: its points tell more of events this rare.";
        else if (advice.Chart == AttributeChart.Laney && isOverdispersed && !isLaney)
            yield return "Choose the proportion or the rate with Laney's limits.";
        if (isLaney && advice.Chart != AttributeChart.Laney)
            yield return $"The points vary {dispersion:0.##} times as much as chance lets them, but limits from standard deviations are wrong for so few events; the plain proportion or rate is better.";
    }
}
