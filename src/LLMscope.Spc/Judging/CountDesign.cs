using LLMscope.Spc.Attributes;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>Makes the cumulative sum of a chart of counted events, so that it raises as many false alarms as are welcome.</summary>
/// <remarks>
/// It looks for a shift by one standard deviation of a point of usual size, at most a doubling or halving, on either side. Exact counts add their likelihood
/// ratios, against the confidence bound of the rate on each side, as the lines do: no rate that the baseline may come from lies between the bound and
/// what is looked for, so that the sum does not collect the error of the estimate. Counts that vary by more than chance are standardised point by point, and
/// summed as the scores of single values are.
/// </remarks>
public static class CountDesign
{
    private static readonly double LargestShift = Math.Log(2);

    // Half the shift to be found, in standard deviations, and the most of one point that enters.
    private const double Reference = 0.5, Clip = 4;

    /// <summary>The most that a sum holds, as a multiple of its threshold.</summary>
    private const double Cap = 1.5;

    // No more of one point than half of the threshold, so that it takes three.
    private const double MostOfThreshold = 0.5;

    private const double LeastThreshold = 0.1, LargestThreshold = 60;

    /// <summary>A detection with the sum that signals by mistake once in so many points.</summary>
    /// <param name="size">Of a usual point.</param>
    public static Detection WithSum(Detection detection, PlausibleCounts process, double size, double points)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentNullException.ThrowIfNull(process);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        if (process.IsOverdispersed)
        {
            var threshold = ScoreAlarms.ThresholdFor(points, Reference, process.Points, centreIsFollowed: false);
            return detection with { Cusum = new CusumParameters(Reference, threshold, cap: Cap * threshold), ScoreClip = Clip };
        }

        var (rise, fall) = (process.Most.StepTo(ShiftOf(process.Most, size)), process.Least.StepTo(-ShiftOf(process.Least, size)));
        if (rise is null && fall is null)
            return detection with { Alerting = detection.Alerting & ~RuleSet.Cusum };

        var h = ThresholdFor(points, rise, fall, process, PointSizes.One(Math.Max(1, Math.Round(size))));
        return detection with { Counts = new LikelihoodCusum(rise, fall, h, MostOfThreshold * h, Cap * h, points) };
    }

    private static double ShiftOf(CountProcess process, double size) => Math.Min(LargestShift, 1 / Math.Max(1e-9, process.Deviation(size)));

    private static double ThresholdFor(double points, LikelihoodStep? rise, LikelihoodStep? fall, PlausibleCounts process, PointSizes size)
    {
        // Each side at the rate that it takes for usual. The logarithm of the run length grows nearly straight with the threshold.
        var (low, high) = (LeastThreshold, Math.Max(2, Math.Log(points)));
        while (high < LargestThreshold && Excess(high) < 0)
            (low, high) = (high, Math.Min(LargestThreshold, high * 1.3));
        for (var i = 0; i < 30 && high - low > 0.005 * high; i++)
        {
            var middle = (low + high) / 2;
            if (Excess(middle) < 0)
                low = middle;
            else
                high = middle;
        }

        return high;

        double Excess(double h) => -Math.Log(points * (
            LikelihoodCusumRunLength.Rate(rise, h, MostOfThreshold * h, process.Most, size) + LikelihoodCusumRunLength.Rate(fall, h, MostOfThreshold * h, process.Least, size)));
    }
}
