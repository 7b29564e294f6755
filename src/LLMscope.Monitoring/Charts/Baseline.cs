using LLMscope.Spc;

namespace LLMscope.Monitoring.Charts;

/// <summary>The points that limits are estimated from, and those limits: frozen, versioned, with who, when and why.</summary>
public sealed record Baseline
{
    public required int Id { get; init; }

    public required int ChartId { get; init; }

    /// <summary>From 1, one more with each baseline of its chart.</summary>
    public required int Version { get; init; }

    public required DateTime FrozenAt { get; init; }

    public required string FrozenBy { get; init; }

    public required string Reason { get; init; }

    public required long FirstNumber { get; init; }

    public required long LastNumber { get; init; }

    public required DateTime From { get; init; }

    public required DateTime To { get; init; }

    public required Transform Transform { get; init; }

    /// <summary>Points that the limits are estimated from, without the excluded ones.</summary>
    public required int Count { get; init; }

    /// <summary>Units that were looked at, for a chart of proportions; otherwise the same as <see cref="Count"/>.</summary>
    public required long Units { get; init; }

    /// <summary>Units with the event, for a chart of proportions.</summary>
    public required long Events { get; init; }

    /// <summary>On the transformed scale.</summary>
    public required double Centre { get; init; }

    /// <summary>The standard deviation of a point on the transformed scale.</summary>
    public required double Sigma { get; init; }

    /// <summary>The zone lines in the unit of the series; null where they vary with the size of the subgroup.</summary>
    public required ZoneLimits? Zones { get; init; }

    /// <summary>The expected moving range, on the transformed scale.</summary>
    public required double MovingRangeCentre { get; init; }

    /// <summary>The upper control limit of the moving range, on the transformed scale.</summary>
    public required double MovingRangeUpper { get; init; }

    /// <summary>A longer time without a point is a gap: rules do not look over it, and the chart has no data.</summary>
    public required TimeSpan MaxGap { get; init; }

    public required IReadOnlyList<ExcludedPoint> Excluded { get; init; }

    /// <summary>What a reader of the limits should know, as sentences.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>A point that was collected for a baseline and did not enter its limits, and why.</summary>
public sealed record ExcludedPoint(long Number, double Value, string Reason);
