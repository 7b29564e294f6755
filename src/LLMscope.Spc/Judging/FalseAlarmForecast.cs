using System.Collections.Concurrent;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>
/// How many false alarms a detection raises while nothing is wrong: exactly for the rules and the cumulative sum by themselves, and added as if they never
/// alarmed together, so that the number is an upper bound.
/// </summary>
/// <remarks>Rules that only diagnose open no violation and count for nothing. A level leaves the range of its baseline only with the process, and is not counted.</remarks>
public static class FalseAlarmForecast
{
    private const int MostForecasts = 1_000;

    /// <summary>The least baseline that says anything of its own uncertainty.</summary>
    private const int FewestValues = 8;

    /// <summary>Bounded by <see cref="MostForecasts"/>.</summary>
    private static readonly ConcurrentDictionary<Key, Lazy<FalseAlarmBand>> Rates = new();

    /// <param name="points">How many points the chart takes in the time asked about.</param>
    /// <exception cref="NotSupportedException">With these numbers the rules remember too much for an exact answer within seconds.</exception>
    public static FalseAlarmBand Among(double points, Detection detection, ProcessModel model)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentNullException.ThrowIfNull(model);
        var key = new Key(
            detection.Alerting & (RuleSet.All | RuleSet.Cusum), detection.Parameters, detection.Cusum,
            Math.Max(FewestValues, model.Count), model.Forecast is EwmaForecast, model.Curve.Sigma is not null);
        if (Rates.Count >= MostForecasts)
            Rates.Clear();

        var rate = Rates.GetOrAdd(key, static key => new Lazy<FalseAlarmBand>(() => RateOf(key))).Value;
        return new FalseAlarmBand(rate.Low * points, rate.Expected * points, rate.High * points);
    }

    private static FalseAlarmBand RateOf(Key key)
    {
        var judged = key.Alerting & RuleSet.All;
        var rules = key.IsStraight ? ExpectedFalseAlarms.OfSigma(1, judged, key.Count, key.Parameters) : ExpectedFalseAlarms.OfQuantiles(1, judged, key.Count, key.Parameters);
        if (!key.Alerting.HasFlag(RuleSet.Cusum) || key.Cusum is null)
            return rules;

        var (low, mean, high) = CusumAlarms.Rate(key.Cusum, key.Count, key.Follows);
        return new FalseAlarmBand(rules.Low + low, rules.Expected + mean, rules.High + high);
    }

    private sealed record Key(RuleSet Alerting, RuleParameters Parameters, CusumParameters? Cusum, int Count, bool Follows, bool IsStraight);
}
