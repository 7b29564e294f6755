using System.Text.Json.Serialization;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Violations;

/// <summary>The facts of a violation at the moment it opened or was resolved, as a message tells them. Stored as JSON with each notification.</summary>
/// <param name="Resolved">Whether it tells of the end; otherwise of the beginning.</param>
/// <param name="Unit">The base unit of all values here.</param>
/// <param name="Rules">The rules that opened it, or all that signalled once it is resolved: name and title.</param>
/// <param name="BaselinePoints">The points that the limits were estimated from.</param>
public sealed record ViolationNotice(
    Guid ViolationId,
    int ChartId,
    bool Resolved,
    string SourceTitle,
    Source Source,
    string Characteristic,
    string CharacteristicTitle,
    string Unit,
    Direction Direction,
    Severity Severity,
    IReadOnlyList<RuleName> Rules,
    DateTime OpenedAt,
    double Value,
    double Extreme,
    double Centre,
    double Lower,
    double Upper,
    int SignalPoints,
    int BaselineVersion,
    int BaselinePoints,
    DateTime? ResolvedAt,
    string? ResolvedBy)
{
    /// <summary>What each characteristic of a joint chart had to do with the point that opened it; null on any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parts { get; init; }

    internal static ViolationNotice Of(Series series, Unit unit, (int Version, int Points) baseline, Violation violation, bool resolved) => new(
        violation.Id,
        violation.ChartId,
        resolved,
        series.Source.Title,
        series.Source,
        series.Characteristic.Name,
        series.Characteristic.Title,
        unit.Symbol,
        violation.Direction,
        violation.Severity,
        [.. (resolved ? violation.Rules : violation.FirstRules).Each().Select(rule => new RuleName(
            RuleText.Name(rule), series.Characteristic.Nature == CharacteristicNature.Joint ? RuleText.JointTitle(rule) : RuleText.Title(rule)))],
        violation.OpenedAt,
        violation.Value,
        violation.Extreme,
        violation.Centre,
        violation.Lower,
        violation.Upper,
        violation.SignalPoints,
        baseline.Version,
        baseline.Points,
        violation.ResolvedAt,
        violation.ResolvedBy);
}

public sealed record RuleName(string Name, string Title);
