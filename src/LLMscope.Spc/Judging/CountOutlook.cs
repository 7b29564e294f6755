using LLMscope.Spc.Attributes;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>What to expect of a chart of counted events: false alarms from the exact tails of the counts beyond the lines in force, and how soon a shift is seen.</summary>
/// <remarks>
/// R1 looks at one point, so that its rate is the share of points beyond the lines, at the sizes that points have. A cumulative sum is added to it as if the two
/// never alarmed together: an upper bound.
/// </remarks>
/// <param name="process">The process that the baseline estimates, and those that it may as well come from.</param>
/// <param name="sizes">Of the points that the chart has seen.</param>
/// <param name="lineAt">The line at a signed number of standard deviations for a point of a size, in events; null where such a point is not judged.</param>
public sealed class CountOutlook(PlausibleCounts process, PointSizes sizes, Func<double, Func<double, double>?> lineAt)
{
    // A run length of a sum is dear.
    private const int SumProcesses = 9;

    /// <summary>The false alarms among so many points, and where nine baselines of ten have them.</summary>
    public FalseAlarmBand FalseAlarms(Detection detection, double points)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        var beyond = Beyond(detection);
        var byRules = FalseAlarmBand.Over(process.Others.Select(one => points * beyond(one)));
        return detection.Alerting.HasFlag(RuleSet.Cusum) ? byRules + (points * OfSum(detection)) : byRules;
    }

    /// <summary>How soon a lasting change of the rate is seen.</summary>
    /// <param name="rate">The new one.</param>
    public DetectionDelay Delay(Detection detection, double rate)
    {
        ArgumentNullException.ThrowIfNull(detection);
        var shifted = process.Estimated.At(rate);
        return new DetectionDelay(
            detection.Alerting.HasFlag(RuleSet.R1) ? 1 / Beyond(detection)(shifted) : null,
            detection.Alerting.HasFlag(RuleSet.Cusum) ? SumDelay(detection, shifted) : null, null, IsSimulated: false);
    }

    private FalseAlarmBand OfSum(Detection detection)
    {
        if (detection.Counts is { } counts)
        {
            var every = process.Others.Count / SumProcesses;
            return FalseAlarmBand.Over(process.Others.Where((_, i) => i % every == every / 2).Select(one => 1 / LikelihoodCusumRunLength.Mean(counts, one, sizes)));
        }

        return detection.Cusum is { } scores
            ? AlarmRates.Of(new ScoreKey(scores, process.Points), key => ScoreAlarms.Rate(ScoreAlarms.Of(key.Cusum), key.Count, centreIsFollowed: false))
            : default;
    }

    private double? SumDelay(Detection detection, CountProcess shifted)
    {
        if (detection.Counts is { } counts)
            return LikelihoodCusumRunLength.Mean(counts, shifted, sizes);
        if (detection.Cusum is not { } scores)
            return null;

        // Of scores, the shift that a point sees grows with its size.
        var usual = process.Estimated;
        var shift = sizes.All.Sum(at => at.Share * at.Size * (shifted.Rate - usual.Rate) / usual.Deviation(at.Size));
        return CusumRunLength.Mean(scores, Math.Clamp(shift, -detection.ScoreClip, detection.ScoreClip), Math.Max(1e-6, shifted.Deviation(sizes.Mean) / usual.Deviation(sizes.Mean)));
    }

    /// <summary>The share of points that a process puts beyond the lines.</summary>
    private Func<CountProcess, double> Beyond(Detection detection)
    {
        if (!detection.Alerting.HasFlag(RuleSet.R1))
            return _ => 0;

        var width = detection.Parameters.K1;
        var lines = sizes.All.Select(one => (one.Size, one.Share, Line: lineAt(one.Size))).Where(one => one.Line is not null)
            .Select(one => (one.Size, one.Share, Lower: one.Line!(-width), Upper: one.Line(width))).ToArray();
        return counts => lines.Sum(at => at.Share * (counts.Above(at.Size, at.Upper) + counts.Below(at.Size, at.Lower)));
    }

    private readonly record struct ScoreKey(CusumParameters Cusum, int Count);
}
