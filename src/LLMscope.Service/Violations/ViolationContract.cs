using System.Text.Json.Serialization;
using LLMscope.Monitoring.Violations;
using LLMscope.Service.Charts;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Violations;

/// <summary>A violation as the API tells it. Value and limits are those of the point that opened it.</summary>
public sealed record ViolationResponse(
    Guid Id,
    int ChartId,
    string Title,
    SourceResponse Source,
    bool Demo,
    string Characteristic,
    string Unit,
    Direction Direction,
    ViolationState State,
    Severity Severity,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> FirstRules,
    DateTime OpenedAt,
    long OpenedNumber,
    DateTime LastSignalAt,
    long LastSignalNumber,
    int SignalPoints,
    double Value,
    double Extreme,
    double Centre,
    double Lower,
    double Upper,
    int BaselineId,
    DateTime? AcknowledgedAt,
    string? AcknowledgedBy,
    DateTime? ResolvedAt,
    string? ResolvedBy,
    string? Cause)
{
    /// <summary>Its rules in words, where one violation was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleResponse>? RuleTexts { get; init; }

    /// <summary>The ten points before, those of the violation and the ten after its last signal, where one violation was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PointResponse>? Points { get; init; }

    public static ViolationResponse Of(RecordedViolation recorded)
    {
        var (violation, series) = (recorded.Violation, recorded.Series);
        return new(
            violation.Id, violation.ChartId, $"{series.Characteristic.Title} · {series.Source.Title}", SourceResponse.Of(series.Source), series.Source.Demo,
            series.Characteristic.Name, recorded.Unit.Symbol, violation.Direction, violation.State, violation.Severity,
            [.. violation.Rules.Each().Select(RuleText.Name)], [.. violation.FirstRules.Each().Select(RuleText.Name)],
            violation.OpenedAt, violation.OpenedNumber, violation.LastSignalAt, violation.LastSignalNumber, violation.SignalPoints,
            violation.Value, violation.Extreme, violation.Centre, violation.Lower, violation.Upper, violation.BaselineId,
            violation.AcknowledgedAt, violation.AcknowledgedBy, violation.ResolvedAt, violation.ResolvedBy, violation.Cause);
    }
}

/// <param name="More">Whether older ones match too: ask again with <c>to</c> set to the oldest time here.</param>
public sealed record ViolationList(IReadOnlyList<ViolationResponse> Violations, bool More);

public sealed record RuleResponse(string Rule, string Title, string Meaning);
