using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests;

/// <summary>Compares a simulated share of points with the probability it should have.</summary>
internal static class FalseAlarms
{
    /// <summary>Asserts that the share of so many independent points lies within four standard errors.</summary>
    public static void Are(double probability, int points, Func<bool> isBeyond)
    {
        var beyond = 0;
        for (var i = 0; i < points; i++)
            beyond += isBeyond() ? 1 : 0;

        var error = Math.Sqrt(probability * (1 - probability) / points);
        Assert.Equal(probability, (double)beyond / points, tolerance: 4 * error);
    }

    /// <summary>Asserts that no rule signals on so many points more than a quarter above its share of signals on normal values.</summary>
    public static void AreFewByRule(NelsonRules rules, int points, Func<double> next)
    {
        // Signals per 10,000 points.
        var nominal = new Dictionary<RuleSet, double>
        {
            [RuleSet.R1] = 27.0,
            [RuleSet.R2] = 39.1,
            [RuleSet.R3] = 27.8,
            [RuleSet.R4] = 45.7,
            [RuleSet.R5] = 20.5,
            [RuleSet.R6] = 44.7,
            [RuleSet.R7] = 32.6,
            [RuleSet.R8] = 1.03,
        };
        var flagged = nominal.Keys.ToDictionary(rule => rule, _ => 0);
        for (var i = 0; i < points; i++)
        {
            foreach (var rule in rules.Judge(next()).Rules.Each())
                flagged[rule]++;
        }

        foreach (var (rule, count) in flagged)
            Assert.True(count * 10_000.0 / points <= (1.25 * nominal[rule]) + 4, $"{rule}: {count * 10_000.0 / points} per 10,000");
    }

    public static bool IsBeyond(ZoneLimits limits, double value) => value < limits.Lower3 || value > limits.Upper3;
}
