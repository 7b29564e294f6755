using System.Text.Json.Serialization;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Violations;
using LLMscope.Service.Charts;
using LLMscope.Spc;
using LLMscope.Spc.Explanations;
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
    /// <summary>What is estimated of the change behind it.</summary>
    public required ChangeEstimate Change { get; init; }

    /// <summary>The rarest of the rules that opened it holds at one in so many points of an unchanged process, with the numbers that the chart looks with now; null where it is not known.</summary>
    public double? OnceInPoints { get; init; }

    /// <summary>Whether the change was large enough to tell people.</summary>
    public bool Told { get; init; }

    /// <summary>Its rules in words, where one violation was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleResponse>? RuleTexts { get; init; }

    /// <summary>On a joint chart what each characteristic had to do with the point that opened it, where one violation was asked for and that point is still kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parts { get; init; }

    /// <summary>The ten points before, those of the violation and the ten after its last signal, where one violation was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PointResponse>? Points { get; init; }

    internal static ViolationResponse Of(RecordedViolation recorded, ViolationRarity rarity)
    {
        var (violation, series) = (recorded.Violation, recorded.Series);
        return new(
            violation.Id, violation.ChartId, $"{series.Characteristic.Title} · {series.Source.Title}", SourceResponse.Of(series.Source), series.Source.Demo,
            series.Characteristic.Name, recorded.Unit.Symbol, violation.Direction, violation.State, violation.Severity,
            [.. violation.Rules.Each().Select(RuleText.Name)], [.. violation.FirstRules.Each().Select(RuleText.Name)],
            violation.OpenedAt, violation.OpenedNumber, violation.LastSignalAt, violation.LastSignalNumber, violation.SignalPoints,
            violation.Value, violation.Extreme, violation.Centre, violation.Lower, violation.Upper, violation.BaselineId,
            violation.AcknowledgedAt, violation.AcknowledgedBy, violation.ResolvedAt, violation.ResolvedBy, violation.Cause)
        {
            Change = ChangeEstimate.Of(violation),
            OnceInPoints = rarity.Of(violation),
            Told = violation.Told,
        };
    }
}

/// <summary>The change behind a violation.</summary>
/// <param name="BeganNumber">The first point of it, as it was estimated when the violation opened.</param>
/// <param name="Shift">The mean distance from the centre line so far, in the unit of the series.</param>
/// <param name="ShiftPercent">The same in percent of the centre line.</param>
public sealed record ChangeEstimate(long? BeganNumber, DateTime? BeganAt, double? Shift, double? ShiftPercent)
{
    /// <summary>The shift at the opening with its 90 % interval, where one violation was asked for and its points are still kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntervalResponse? ShiftInterval { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntervalResponse? PercentInterval { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntervalResponse? SigmaInterval { get; init; }

    internal static ChangeEstimate Of(Violation violation) => new(violation.BeganNumber, violation.BeganAt, violation.Shift, 100 * violation.ShiftShare);

    internal ChangeEstimate With(LevelShift? shift) => shift is null ? this : this with
    {
        ShiftInterval = IntervalResponse.Of(shift.InUnit),
        PercentInterval = IntervalResponse.Of(shift.InPercent),
        SigmaInterval = IntervalResponse.Of(shift.InSigma),
    };
}

/// <param name="More">Whether older ones match too: ask again with <c>to</c> set to the oldest time here.</param>
public sealed record ViolationList(IReadOnlyList<ViolationResponse> Violations, bool More);

/// <param name="OpenedIt">Whether it opened the violation or signalled later.</param>
/// <param name="OnceInPoints">How seldom it holds at a point of an unchanged process; null where it is not known.</param>
public sealed record RuleResponse(string Rule, string Title, string Meaning, bool OpenedIt, double? OnceInPoints);
