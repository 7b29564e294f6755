using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Violations;

/// <summary>
/// An episode: it opens at the first signal of a chart in one direction, collects further signals and rules, and is resolved
/// once the process is back in control or someone says so. Statistics of its first point are frozen with it. A change is another value.
/// </summary>
public sealed record Violation
{
    /// <summary>Points that are shown, and kept, on either side of it.</summary>
    public const int PointsAround = 10;

    public required Guid Id { get; init; }

    public required int ChartId { get; init; }

    public required int BaselineId { get; init; }

    /// <summary>None while only rules without a side have signalled.</summary>
    public Direction Direction { get; init; }

    public ViolationState State { get; init; }

    public Severity Severity { get; init; }

    /// <summary>Every rule that signalled so far.</summary>
    public RuleSet Rules { get; init; }

    /// <summary>The rules that opened it.</summary>
    public required RuleSet FirstRules { get; init; }

    public required DateTime OpenedAt { get; init; }

    /// <summary>The point that opened it.</summary>
    public required long OpenedNumber { get; init; }

    public DateTime LastSignalAt { get; init; }

    public long LastSignalNumber { get; init; }

    /// <summary>How many points carried a signal.</summary>
    public int SignalPoints { get; init; }

    /// <summary>The value of the point that opened it.</summary>
    public required double Value { get; init; }

    /// <summary>The value farthest from the centre line so far.</summary>
    public double Extreme { get; init; }

    public required double Centre { get; init; }

    public required double Lower { get; init; }

    public required double Upper { get; init; }

    /// <summary>The point at which the change is estimated to have begun, as it was estimated when the violation opened.</summary>
    public long? BeganNumber { get; init; }

    public DateTime? BeganAt { get; init; }

    /// <summary>The estimated size of the change so far: the mean distance from the centre line, in the unit of the series.</summary>
    public double? Shift { get; init; }

    /// <summary>The same as a share of the centre line; null where that is zero.</summary>
    public double? ShiftShare { get; init; }

    /// <summary>Whether it is, or was at some point, large enough to tell people.</summary>
    public bool Told { get; init; } = true;

    public DateTime? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTime? ResolvedAt { get; init; }

    /// <summary>Who resolved it, or what: <see cref="BackInControl"/>, <see cref="NewBaseline"/>.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>The assignable cause that people recorded.</summary>
    public string? Cause { get; init; }

    public const string BackInControl = "back in control";

    public const string NewBaseline = "new baseline";
}

public enum ViolationState : byte
{
    Open = 0,
    Acknowledged = 1,
    Resolved = 2,
}

/// <summary>How much a violation asks for attention, by the rules that signalled.</summary>
public enum Severity : byte
{
    /// <summary>Only R3, R4, R7 or R8: they diagnose and are recorded.</summary>
    Notice = 0,

    /// <summary>R2, R5 or R6: an early warning of a shift.</summary>
    Warning = 1,

    /// <summary>R1, a point beyond the control limits, or a detector of lasting shifts.</summary>
    Critical = 2,
}
