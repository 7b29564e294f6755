using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Spc.Judging;

/// <summary>What to expect of an Xbar chart whose standardised means are judged, as long as nothing but the spread within subgroups moves them.</summary>
/// <remarks>The standard error of a sigma is 1 / sqrt(2 f) from pooled deviations of f degrees of freedom, and d3 / d2 / sqrt(m) from m ranges.</remarks>
public sealed class SubgroupOutlook(SubgroupBaseline baseline)
{
    /// <summary>The false alarms among so many points, and where nine baselines of ten have them.</summary>
    /// <exception cref="NotSupportedException">The rules remember too much for an exact answer.</exception>
    public FalseAlarmBand FalseAlarms(Detection detection, double points)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        var rules = detection.Alerting & RuleSet.All;
        return rules == RuleSet.None ? default
            : points * AlarmRates.Of(
                new RateKey(rules, detection.Parameters, 1 / Math.Sqrt(baseline.Subgroups), SigmaError),
                key => ExpectedFalseAlarms.OfEstimates(1, key.Rules, key.CentreError, key.SigmaError, key.Parameters));
    }

    /// <summary>How soon a lasting shift of all values is seen in means of so many.</summary>
    /// <param name="shift">On the scale of the baseline.</param>
    public DetectionDelay Delay(Detection detection, double shift, double size)
    {
        ArgumentNullException.ThrowIfNull(detection);
        var rules = detection.Alerting & RuleSet.All;
        return new DetectionDelay(
            rules == RuleSet.None ? null : RunLength.Of(rules, detection.Parameters, shift * Math.Sqrt(size) / baseline.Sigma).Mean, null, null, IsSimulated: false);
    }

    private double SigmaError
    {
        get
        {
            if (baseline.Spread == SubgroupSpread.Deviation)
                return 1 / Math.Sqrt(2.0 * Math.Max(1, baseline.Values - baseline.Subgroups));

            var size = (int)Math.Clamp(Math.Round((double)baseline.Values / baseline.Subgroups), 2, SubgroupBaseline.LargestForRange);
            var constants = ChartConstants.For(size);
            return constants.RangeSigma / constants.MeanRange / Math.Sqrt(baseline.Subgroups);
        }
    }

    private readonly record struct RateKey(RuleSet Rules, RuleParameters Parameters, double CentreError, double SigmaError);
}
