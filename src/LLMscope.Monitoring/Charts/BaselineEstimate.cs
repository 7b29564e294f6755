using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.RareEvents;

namespace LLMscope.Monitoring.Charts;

/// <summary>What was estimated from the points of a baseline.</summary>
public sealed record BaselineEstimate
{
    public Transform Transform { get; init; }

    /// <summary>Points that the limits are estimated from, without the excluded ones.</summary>
    public required int Count { get; init; }

    /// <summary>Units that were looked at, for a chart of events; otherwise the same as <see cref="Count"/>.</summary>
    public required long Units { get; init; }

    /// <summary>Units with the event, for a chart of events.</summary>
    public long Events { get; init; }

    /// <summary>On the transformed scale; of the residuals where points are foretold.</summary>
    public required double Centre { get; init; }

    /// <summary>Half the distance of the lines at one standard deviation on either side, on the transformed scale.</summary>
    public required double Sigma { get; init; }

    /// <summary>The zone lines in the unit of the series; null where they vary from point to point.</summary>
    public ZoneLimits? Zones { get; init; }

    /// <summary>The expected moving range, on the transformed scale.</summary>
    public double MovingRangeCentre { get; init; }

    /// <summary>The upper control limit of the moving range, on the transformed scale.</summary>
    public double MovingRangeUpper { get; init; }

    /// <summary>The frozen model that judges; null where counts alone do.</summary>
    public ProcessModel? Model { get; init; }

    /// <summary>The frozen distribution of the time between events; null on any other chart.</summary>
    public TimeBetweenBaseline? TimeBetween { get; init; }

    /// <summary>The frozen mean and covariance of several characteristics; null on a chart of one.</summary>
    public JointModel? Joint { get; init; }

    /// <summary>How much the points of counts or of subgroup means vary, as a multiple of what chance lets them; 1 otherwise.</summary>
    public double Dispersion { get; init; } = 1;

    public IReadOnlyList<ExcludedPoint> Excluded { get; init; } = [];

    /// <summary>Why the limits are as they are, and what a reader of them should know, as sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A point that was collected for a baseline and did not enter its limits, and why.</summary>
public sealed record ExcludedPoint(long Number, double Value, string Reason);
