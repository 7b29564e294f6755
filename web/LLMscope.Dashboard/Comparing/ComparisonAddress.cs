using LLMscope.Dashboard.Charts;
using LLMscope.Dashboard.Layout;
using LLMscope.Monitoring.Charts;

namespace LLMscope.Dashboard.Comparing;

/// <summary>
/// A comparison as an address carries it, which is all of it: a chart and perhaps another one, and either both periods (<c>beforeFrom</c>,
/// <c>beforeTo</c>, <c>afterFrom</c>, <c>afterTo</c>), or the moment between them (<c>at</c>), or a window after the same length of time before it.
/// </summary>
public sealed record ComparisonAddress
{
    public string? With { get; init; }

    public string? At { get; init; }

    public string? Window { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? BeforeFrom { get; init; }

    public string? BeforeTo { get; init; }

    public string? AfterFrom { get; init; }

    public string? AfterTo { get; init; }

    public bool NamesPeriods => BeforeFrom is not null || BeforeTo is not null || AfterFrom is not null || AfterTo is not null;

    /// <summary>The time since a moment against the time before it.</summary>
    public static string Around(int chartId, DateTime at) => $"/compare?chart={chartId}&at={TimeText.Address(at)}";

    /// <summary>A window against the same length of time before it.</summary>
    public static string OfWindow(int chartId, TimeWindow window) => $"/compare?chart={chartId}&{window.Address}";

    public static string Of(ComparedPeriod before, ComparedPeriod after) =>
        $"/compare?chart={before.Chart.Id}&beforeFrom={TimeText.Address(before.From)}&beforeTo={TimeText.Address(before.To)}"
        + $"&with={after.Chart.Id}&afterFrom={TimeText.Address(after.From)}&afterTo={TimeText.Address(after.To)}";
}
