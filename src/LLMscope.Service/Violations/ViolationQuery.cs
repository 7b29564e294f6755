using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Rules;
using Microsoft.AspNetCore.Mvc;

namespace LLMscope.Service.Violations;

/// <summary>The filter of a list of violations, as it stands in a URL.</summary>
public sealed record ViolationQuery(
    [property: FromQuery(Name = "from")] DateTimeOffset? From,
    [property: FromQuery(Name = "to")] DateTimeOffset? To,
    [property: FromQuery(Name = "rule")] string? Rule,
    [property: FromQuery(Name = "model")] string? Model,
    [property: FromQuery(Name = "state")] string? State,
    [property: FromQuery(Name = "chart")] int? Chart)
{
    /// <returns>Null with a filter, or what is wrong by field.</returns>
    internal Dictionary<string, string[]>? Read(out ViolationFilter filter)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        RuleSet? rules = null;
        foreach (var name in Words(Rule))
        {
            if (RuleText.Find(name) is { } rule)
                rules = (rules ?? RuleSet.None) | rule;
            else
                faults["rule"] = [$"'{name}' is not a rule; the rules are R1 to R8, CUSUM, EWMA and Level, several separated by commas"];
        }

        ViolationState? state = null;
        if (!string.IsNullOrWhiteSpace(State))
        {
            if (Enum.TryParse<ViolationState>(State, ignoreCase: true, out var known) && Enum.IsDefined(known))
                state = known;
            else
                faults["state"] = ["must be open, acknowledged or resolved"];
        }

        if (Model?.Any(char.IsControl) == true)
            faults["model"] = ["must not contain control characters"];

        filter = new ViolationFilter(From?.UtcDateTime, To?.UtcDateTime, rules, string.IsNullOrEmpty(Model) ? null : Model, state, Chart);
        return faults.Count == 0 ? null : faults;
    }

    private static string[] Words(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
