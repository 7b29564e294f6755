using LLMscope.Monitoring.Charts;

namespace LLMscope.Dashboard.Charts;

/// <summary>Which charts the overview shows, as its address says.</summary>
/// <param name="Text">Words that must all occur in the names of a chart and its source.</param>
/// <param name="State">The key of a state; null for all.</param>
/// <param name="Page">From 1.</param>
public sealed record ChartFilter(string? Text, string? State, int Page)
{
    public const int PageSize = 200;

    public static ChartFilter Of(string? text, string? state, int? page) => new(
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        ChartWords.States.Contains(state) ? state : null,
        Math.Max(1, page ?? 1));

    public bool IsSet => Text is not null || State is not null;

    public bool Names(ChartSummary chart)
    {
        if (Text is null)
            return true;

        var name = $"{chart.Series.Characteristic.Title} {chart.Series.Characteristic.Name} {chart.Series.Source.Title}";
        return Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    public string Address(string? state, int page)
    {
        var parts = new List<string>();
        if (Text is not null)
            parts.Add("q=" + Uri.EscapeDataString(Text));
        if (state is not null)
            parts.Add("state=" + state);
        if (page > 1)
            parts.Add("page=" + page);
        return parts.Count == 0 ? "/" : "/?" + string.Join('&', parts);
    }
}
