using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Individuals;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>What a detection announces: the false alarms to expect of rules, CUSUM and EWMA together, with what the size of the baseline leaves unknown.</summary>
/// <remarks>
/// The detectors are added as if they never alarmed together and as if one baseline were the worst for all of them, so that the announced numbers are
/// upper bounds. Each alarm is taken to be answered, so that everything starts afresh after it. The check of a forecast's level is left out: it waits for
/// a level that the baseline never came near.
/// </remarks>
public static class DetectionAlarms
{
    /// <param name="points">How many points the chart takes in the time asked about, such as 10,080 in a week at one a minute.</param>
    /// <exception cref="NotSupportedException">The rules remember too much for an exact answer.</exception>
    public static FalseAlarmBand Expected(Detection detection, ProcessModel model, double points)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        var key = new RateKey(
            detection.Alerting & RuleSet.All,
            detection.Parameters,
            detection.Alerting.HasFlag(RuleSet.Cusum) ? detection.Cusum : null,
            detection.Alerting.HasFlag(RuleSet.Ewma) ? detection.Ewma : null,
            model.Count,
            model.Curve.Sigma is null ? null : model.Estimator,
            model.Forecast.Retained == 0);
        return points * AlarmRates.Of(key, Rate);
    }

    private static FalseAlarmBand Rate(RateKey key)
    {
        var rate = key.Estimator is { } estimator
            ? ExpectedFalseAlarms.OfSigma(1, key.Rules, key.Count, key.Parameters, estimator)
            : ExpectedFalseAlarms.OfQuantiles(1, key.Rules, key.Count, key.Parameters);
        if (key.Cusum is not null)
            rate += ScoreAlarms.Rate(ScoreAlarms.Of(key.Cusum), key.Count, key.Follows);
        if (key.Ewma is not null)
            rate += ScoreAlarms.Rate(ScoreAlarms.Of(key.Ewma), key.Count, key.Follows);
        return rate;
    }

    /// <param name="Estimator">Of a straight curve; null where lines are quantiles.</param>
    /// <param name="Follows">Whether the forecast follows the level.</param>
    private readonly record struct RateKey(
        RuleSet Rules, RuleParameters Parameters, CusumParameters? Cusum, EwmaParameters? Ewma, int Count, BaselineEstimator? Estimator, bool Follows);
}
