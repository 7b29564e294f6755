using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>How many false alarms the rules of a chart raise while nothing is wrong.</summary>
/// <remarks>
/// Each alarm is taken to be answered, so that the rules start afresh after it: points divided by the average run length. It holds for
/// independent points and limits that are known; limits from a hundred points can raise half as many or three times as many.
/// </remarks>
public static class ExpectedFalseAlarms
{
    /// <param name="points">How many points the chart takes in the time asked about, such as 10,080 in a week at one a minute.</param>
    public static double Among(double points, RuleSet rules, RuleParameters? parameters = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        return rules == RuleSet.None ? 0 : points / RunLength.Of(rules, parameters).Mean;
    }
}
