using LLMscope.Spc;

namespace LLMscope.Monitoring.Charts;

/// <summary>What a kind of chart makes of the points collected for a baseline: limits, or the reason why there are none yet.</summary>
internal sealed record BaselineProposal
{
    /// <summary>Null where the limits can be frozen; otherwise why not, for people.</summary>
    public string? Problem { get; init; }

    public Transform Transform { get; init; }

    public int Count { get; init; }

    public long Units { get; init; }

    public long Events { get; init; }

    public double Centre { get; init; }

    public double Sigma { get; init; }

    public ZoneLimits? Zones { get; init; }

    public double MovingRangeCentre { get; init; }

    public double MovingRangeUpper { get; init; }

    public IReadOnlyList<ExcludedPoint> Excluded { get; init; } = [];

    public IReadOnlyList<string> Remarks { get; init; } = [];
}
