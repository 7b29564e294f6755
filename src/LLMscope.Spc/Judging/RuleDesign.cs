using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>Numbers of Nelson's rules that keep a budget on lines that are quantiles of a baseline.</summary>
internal static class RuleDesign
{
    /// <param name="points">From one false alarm to the next, on average over baselines of this size.</param>
    /// <param name="count">The values of the baseline.</param>
    public static RuleParameters For(RuleSet rules, double points, int count)
    {
        // Lines that were estimated signal more often than known ones, by a factor that hardly changes with the target: one step makes up for it.
        var known = Calibration.For(rules, points).Parameters;
        var excess = ExpectedFalseAlarms.OfQuantiles(points, rules, count, known).Expected;
        return excess > 1.02 ? Calibration.For(rules, points * excess).Parameters : known;
    }
}
