namespace LLMscope.Monitoring.Charts;

/// <summary>How far the samples of one point lie apart, on the transformed scale, with the limits of what its chart plots of that.</summary>
/// <param name="Deviation">Their standard deviation with n - 1.</param>
/// <param name="Range">The largest less the smallest.</param>
public sealed record PointSpread(double Deviation, double Range)
{
    /// <summary>What was to be expected of this many samples; null where nothing was judged.</summary>
    public double? Centre { get; init; }

    public double? Lower { get; init; }

    public double? Upper { get; init; }
}
