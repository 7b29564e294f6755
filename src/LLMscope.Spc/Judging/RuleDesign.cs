using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>Numbers of Nelson's rules that keep a budget on lines that are quantiles of a baseline.</summary>
internal static class RuleDesign
{
    // Each round costs as much as a band of false alarms; the excess shrinks several times with each.
    private const int MostRounds = 5;

    private const double Precision = 0.03;

    // Baselines that the excess is averaged over: with twice as many it differs by 4 %, and takes twice the time.
    private const int Baselines = 128;

    /// <param name="points">From one false alarm to the next, on average over baselines of this size.</param>
    /// <param name="count">The values of the baseline.</param>
    public static RuleParameters For(RuleSet rules, double points, int count)
    {
        // Lines that were estimated signal more often than known ones. How much more grows slowly with the run length that is asked of known ones.
        var asked = points;
        for (var round = 0; ; round++)
        {
            var parameters = Calibration.For(rules, asked).Parameters;
            var excess = ExpectedFalseAlarms.OfQuantiles(points, rules, count, parameters, Baselines).Expected;
            if (round == MostRounds || Math.Abs(excess - 1) < Precision)
                return parameters;

            asked = Math.Clamp(asked * excess, Calibration.FewestPoints, 1e12);
        }
    }
}
