using LLMscope.Monitoring.Charts;
using Microsoft.AspNetCore.Mvc;

namespace LLMscope.Service.Charts;

/// <summary>What is to be compared, as it stands in a URL: <c>at</c>; or from and to of before and after; or <c>with</c> another chart between from and to.</summary>
public sealed record ComparisonQuery(
    [property: FromQuery(Name = "at")] DateTimeOffset? At,
    [property: FromQuery(Name = "beforeFrom")] DateTimeOffset? BeforeFrom,
    [property: FromQuery(Name = "beforeTo")] DateTimeOffset? BeforeTo,
    [property: FromQuery(Name = "afterFrom")] DateTimeOffset? AfterFrom,
    [property: FromQuery(Name = "afterTo")] DateTimeOffset? AfterTo,
    [property: FromQuery(Name = "with")] int? With,
    [property: FromQuery(Name = "from")] DateTimeOffset? From,
    [property: FromQuery(Name = "to")] DateTimeOffset? To)
{
    /// <returns>Null with the two periods, or what is wrong by field.</returns>
    internal Dictionary<string, string[]>? Read(
        ChartSummary chart, ChartBoard board, DateTimeOffset now, out ComparedPeriod before, out ComparedPeriod after)
    {
        before = after = new ComparedPeriod(chart, now.UtcDateTime - ChartComparison.LongestAround, now.UtcDateTime);
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (At is { } at)
        {
            if (at >= now || at < DateTimeOffset.UnixEpoch)
                faults["at"] = ["must lie in the past"];
            else
                (before, after) = ChartComparison.Around(chart, at.UtcDateTime, now.UtcDateTime);
        }
        else if (With is { } other)
        {
            var (start, end) = (From ?? (To ?? now) - ChartComparison.LongestAround, To ?? now);
            if (board.Find(other) is not { } second)
                faults["with"] = ["names no chart"];
            else if (!ChartComparison.AreComparable(chart, second))
                faults["with"] = ["must be a chart of the same kind and unit"];
            else
                after = Period(second, start, end);
            if (start >= end)
                faults["from"] = ["must be before 'to'"];
            before = Period(chart, start, end);
        }
        else if (BeforeFrom is { } beforeFrom && BeforeTo is { } beforeTo && AfterFrom is { } afterFrom && (AfterTo ?? now) is var afterTo)
        {
            if (beforeFrom >= beforeTo)
                faults["beforeFrom"] = ["must be before 'beforeTo'"];
            if (afterFrom >= afterTo)
                faults["afterFrom"] = ["must be before 'afterTo'"];
            (before, after) = (Period(chart, beforeFrom, beforeTo), Period(chart, afterFrom, afterTo));
        }
        else
        {
            faults["at"] = ["is needed, or beforeFrom, beforeTo and afterFrom, or with"];
        }

        return faults.Count == 0 ? null : faults;
    }

    private static ComparedPeriod Period(ChartSummary chart, DateTimeOffset from, DateTimeOffset to) => new(chart, from.UtcDateTime, to.UtcDateTime);
}
