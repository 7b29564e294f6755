using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>How many false alarms the rules of a chart raise while nothing is wrong.</summary>
/// <remarks>
/// Each alarm is taken to be answered, so that the rules start afresh after it: points divided by the average run length. It holds for
/// independent points and limits that are known. Limits estimated from a hundred points raise between a third of it and three times as many.
/// </remarks>
public static class ExpectedFalseAlarms
{
    /// <param name="points">How many points the chart takes in the time asked about, such as 10,080 in a week at one a minute.</param>
    public static double Among(double points, RuleSet rules, RuleParameters? parameters = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        return rules == RuleSet.None ? 0 : points / RunLength.Of(rules, parameters).Mean;
    }

    /// <summary>The same with limits from a baseline of so many values, as wide as its sigma is uncertain.</summary>
    /// <remarks>
    /// The mean difference of m normal values has a relative standard error of 0.715 / sqrt(m). The band takes a sigma that is too large or too
    /// small by 1.645 of those; the error of the centre line adds little and is left out.
    /// </remarks>
    /// <param name="baseline">How many values the limits were estimated from, at least 8.</param>
    public static FalseAlarmBand Band(double points, RuleSet rules, int baseline, RuleParameters? parameters = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(baseline, 8);
        if (rules == RuleSet.None)
            return default;

        var error = 1.645 * 0.715 / Math.Sqrt(baseline);
        var expected = points / RunLength.Of(rules, parameters).Mean;
        var wide = points / RunLength.Of(rules, parameters, spread: 1 / (1 + error)).Mean;
        var narrow = points / RunLength.Of(rules, parameters, spread: 1 / (1 - error)).Mean;

        // Wide limits mean fewer false alarms, but for R7 more.
        return new FalseAlarmBand(
            Math.Min(expected, Math.Min(wide, narrow)), expected, Math.Max(expected, Math.Max(wide, narrow)));
    }
}
