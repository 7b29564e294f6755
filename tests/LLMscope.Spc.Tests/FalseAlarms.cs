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

    public static bool IsBeyond(ZoneLimits limits, double value) => value < limits.Lower3 || value > limits.Upper3;
}
