using LLMscope.Dashboard.Charts;
using LLMscope.Dashboard.Layout;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Rules;

namespace LLMscope.Dashboard.Violations;

/// <summary>Which violations a page shows, as its address says; the export takes the same words.</summary>
public sealed record ViolationQuery(DateTime? From, DateTime? To, RuleSet Rules, string? Model, ViolationState? State, int? ChartId, int Page)
{
    public const int PageSize = 50;

    // Each page reads those before it; nobody pages this far, but a program may try.
    private const int LastPage = 200;

    public static ViolationQuery Of(string? from, string? to, string[]? rules, string? model, string? state, int? chartId, int? page) => new(
        TimeWindow.Time(from),
        TimeWindow.Time(to),
        (rules ?? []).SelectMany(names => names.Split(',')).Aggregate(RuleSet.None, (all, name) => all | (RuleText.Find(name.Trim()) ?? RuleSet.None)),
        string.IsNullOrWhiteSpace(model) ? null : model.Trim(),
        StateOf(state),
        chartId,
        Math.Clamp(page ?? 1, 1, LastPage));

    public ViolationFilter Filter => new(From, To, Rules == RuleSet.None ? null : Rules, Model, State, ChartId);

    public bool IsSet => Filter != new ViolationFilter();

    public bool IsLastPage => Page == LastPage;

    /// <summary>The filters as a query string, with a leading question mark where there are any.</summary>
    public string Address(int page = 1)
    {
        var parts = new List<string>();
        Add("from", From is { } from ? TimeText.Address(from) : null);
        Add("to", To is { } to ? TimeText.Address(to) : null);
        Add("rule", Rules == RuleSet.None ? null : string.Join(',', Rules.Each().Select(RuleText.Name)));
        Add("model", Model);
        Add("state", State is { } state ? ViolationWords.Of(state) : null);
        Add("chart", ChartId?.ToString());
        Add("page", page > 1 ? page.ToString() : null);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is not null)
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }

    private static ViolationState? StateOf(string? name) =>
        Enum.GetValues<ViolationState>().Cast<ViolationState?>().FirstOrDefault(state => ViolationWords.Of(state!.Value) == name);
}
