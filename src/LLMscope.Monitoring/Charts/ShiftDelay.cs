using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Charts;

/// <param name="Centre">The centre line that the shift starts from, in the unit of the series.</param>
/// <param name="Shifted">Where it leads; not a number where there is no such value.</param>
/// <param name="InSigma">The score of the shifted centre line.</param>
public sealed record ShiftDelay(double Centre, double Shifted, double InSigma, DetectionDelay Delay)
{
    /// <summary>The time from one point to the next after the shift, as a multiple of that in the baseline: events that come sooner make points sooner.</summary>
    public double Pace { get; init; } = 1;

    internal static ShiftDelay Nowhere(double centre) =>
        new(centre, double.NaN, double.NaN, new DetectionDelay(null, null, null, IsSimulated: false));
}
