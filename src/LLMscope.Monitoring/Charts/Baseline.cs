namespace LLMscope.Monitoring.Charts;

/// <summary>The points that limits are estimated from, and those limits: frozen, versioned, hashed, with who, when and why.</summary>
public sealed record Baseline
{
    public required int Id { get; init; }

    public required int ChartId { get; init; }

    /// <summary>What its chart was when it was frozen.</summary>
    public ChartKind Kind { get; init; }

    /// <summary>From 1, one more with each baseline of its chart.</summary>
    public required int Version { get; init; }

    public required DateTime FrozenAt { get; init; }

    public required string FrozenBy { get; init; }

    public required string Reason { get; init; }

    public required long FirstNumber { get; init; }

    public required long LastNumber { get; init; }

    public required DateTime From { get; init; }

    public required DateTime To { get; init; }

    public required BaselineEstimate Estimate { get; init; }

    /// <summary>Whether it has as many points as good limits need. Provisional limits are replaced once by confirmed ones.</summary>
    public required bool Confirmed { get; init; }

    /// <summary>SHA-256 of the stored model in hexadecimal digits; empty where there is none.</summary>
    public required string Hash { get; init; }

    /// <summary>A longer time without a point is a gap: rules do not look over it, and the chart has no data.</summary>
    public required TimeSpan MaxGap { get; init; }

    /// <summary>The mean time between two of its points.</summary>
    public TimeSpan MeanInterval => LastNumber > FirstNumber ? (To - From) / (LastNumber - FirstNumber) : TimeSpan.FromMinutes(1);
}
