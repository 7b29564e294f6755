using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>How many false alarms rules and detectors together raise in control, for independent points.</summary>
/// <param name="Expected">With limits that are known.</param>
/// <param name="Low">In nineteen baselines of twenty at least.</param>
/// <param name="High">In nineteen baselines of twenty at most.</param>
/// <param name="IsUpperBound">Whether the alarms of several were added up, though one may come with another.</param>
public sealed record ExpectedAlarms(double Expected, double Low, double High, bool IsUpperBound)
{
    /// <summary>The relative standard error of a sigma from n values is this over the square root of n.</summary>
    private const double ErrorOfSigma = 0.715;

    /// <param name="points">How many points are asked about.</param>
    /// <param name="baseline">Points that the limits were estimated from; 0 where they are known.</param>
    /// <returns>Null where the level alone is judged, whose alarms are not known.</returns>
    /// <exception cref="NotSupportedException">The rules remember too much for an exact answer.</exception>
    public static ExpectedAlarms? Among(double points, Detection detection, int baseline)
    {
        ArgumentNullException.ThrowIfNull(detection);
        if ((detection.Judged & ~RuleSet.Level) == RuleSet.None)
            return null;

        var (expected, bound) = Rate(detection, 1);
        if (baseline == 0)
            return new ExpectedAlarms(points * expected, points * expected, points * expected, bound);

        // A sigma that is too large makes limits wide, which means fewer false alarms, but for R7 more.
        var error = Math.Min(0.9, 1.645 * ErrorOfSigma / Math.Sqrt(baseline));
        var (wide, narrow) = (Rate(detection, 1 / (1 + error)).PerPoint, Rate(detection, 1 / (1 - error)).PerPoint);
        return new ExpectedAlarms(
            points * expected, points * Math.Min(expected, Math.Min(wide, narrow)), points * Math.Max(expected, Math.Max(wide, narrow)), bound);
    }

    private static (double PerPoint, bool IsUpperBound) Rate(Detection detection, double spread)
    {
        var judged = detection.Judged;
        var nelson = judged & RuleSet.All;
        if (nelson == RuleSet.R1 && judged.HasFlag(RuleSet.Cusum) && !judged.HasFlag(RuleSet.Ewma))
            return (1 / CusumRunLength.Mean(detection.Cusum!, spread: spread, k1: detection.Parameters.K1), false);

        var rate = nelson == RuleSet.None ? 0 : 1 / RunLength.Of(nelson, detection.Parameters, spread: spread).Mean;
        if (judged.HasFlag(RuleSet.Cusum))
            rate += 1 / CusumRunLength.Mean(detection.Cusum!, spread: spread);
        if (judged.HasFlag(RuleSet.Ewma))
            rate += 1 / EwmaRunLength.Mean(detection.Ewma!, spread: spread);
        var parts = (nelson == RuleSet.None ? 0 : 1) + (judged & (RuleSet.Cusum | RuleSet.Ewma)).Count();
        return (rate, parts > 1);
    }
}
