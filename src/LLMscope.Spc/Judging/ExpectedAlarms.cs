using LLMscope.Spc.Individuals;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>How many false alarms rules and detectors together raise in control, for independent points.</summary>
/// <param name="Expected">With limits that are exactly those of the process.</param>
/// <param name="Average">Over all baselines of this size; not a number where the band is not known.</param>
/// <param name="Low">Nineteen baselines of twenty lead to more.</param>
/// <param name="High">Nineteen baselines of twenty lead to fewer.</param>
/// <param name="IsUpperBound">Whether the alarms of several were added up, though one may come with another.</param>
public sealed record ExpectedAlarms(double Expected, double Average, double Low, double High, bool IsUpperBound)
{
    /// <summary>Fewer points say nothing of how far they are off.</summary>
    private const int FewestPoints = 8;

    /// <param name="points">How many points are asked about.</param>
    /// <returns>Null where the level alone is judged, whose alarms are not known.</returns>
    /// <exception cref="NotSupportedException">The rules remember too much for an exact answer.</exception>
    public static ExpectedAlarms? Among(double points, Detection detection, FittedChart chart)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentNullException.ThrowIfNull(chart);
        if ((detection.Judged & ~RuleSet.Level) == RuleSet.None)
            return null;

        var (expected, isBound) = Rate(detection);
        var known = points * expected;
        if (chart.Origin == LimitsOrigin.Known)
            return new ExpectedAlarms(known, known, known, known, isBound);
        if (chart.Origin == LimitsOrigin.Events || chart.Count < FewestPoints)
            return new ExpectedAlarms(known, double.NaN, double.NaN, double.NaN, isBound);

        var (low, average, high) = OfRules(detection, chart);
        foreach (var (atLeast, mean, atMost) in OfSums(detection, chart))
            (low, average, high) = (low + atLeast, average + mean, high + atMost);
        return new ExpectedAlarms(known, points * average, points * low, points * high, isBound);
    }

    private static (double PerPoint, bool IsUpperBound) Rate(Detection detection)
    {
        var judged = detection.Judged;
        var nelson = judged & RuleSet.All;
        if (nelson == RuleSet.R1 && judged.HasFlag(RuleSet.Cusum) && !judged.HasFlag(RuleSet.Ewma))
            return (1 / CusumRunLength.Mean(detection.Cusum!, k1: detection.Parameters.K1), false);

        var rate = nelson == RuleSet.None ? 0 : 1 / RunLength.Of(nelson, detection.Parameters).Mean;
        if (judged.HasFlag(RuleSet.Cusum))
            rate += 1 / CusumRunLength.Mean(detection.Cusum!);
        if (judged.HasFlag(RuleSet.Ewma))
            rate += 1 / EwmaRunLength.Mean(detection.Ewma!);
        var parts = (nelson == RuleSet.None ? 0 : 1) + (judged & (RuleSet.Cusum | RuleSet.Ewma)).Count();
        return (rate, parts > 1);
    }

    private static FalseAlarmBand OfRules(Detection detection, FittedChart chart)
    {
        var (rules, parameters) = (detection.Judged & RuleSet.All, detection.Parameters);
        return chart.Origin == LimitsOrigin.Quantiles
            ? ExpectedFalseAlarms.OfQuantiles(1, rules, chart.Count, parameters)
            : ExpectedFalseAlarms.OfSigma(
                1, rules, chart.Count, parameters, chart.Origin == LimitsOrigin.MovingRanges ? BaselineEstimator.MovingRange : BaselineEstimator.Robust);
    }

    private static IEnumerable<FalseAlarmBand> OfSums(Detection detection, FittedChart chart)
    {
        var follows = chart.LinesFor(1).Model.Forecast.Retained == 0;
        if (detection.Judged.HasFlag(RuleSet.Cusum))
            yield return ScoreAlarms.Rate(ScoreAlarms.Of(detection.Cusum!), chart.Count, follows);
        if (detection.Judged.HasFlag(RuleSet.Ewma))
            yield return ScoreAlarms.Rate(ScoreAlarms.Of(detection.Ewma!), chart.Count, follows);
    }
}
