using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Explanations;

/// <summary>How seldom a rule holds at one point of a process that did not change, whose points are independent and fall into zones as normal ones do.</summary>
/// <param name="Probability">Per point, once the rule's window is full.</param>
public readonly record struct Rarity(double Probability)
{
    /// <summary>It happens once in so many points on average; neighbours count each on its own.</summary>
    public double OnceInPoints => 1 / Probability;

    /// <summary>Closed forms: with q = Phi(-k) for the rule's line, and for R3 and R4 the share of orders of n points that rise or alternate.</summary>
    /// <param name="rule">A single rule.</param>
    public static Rarity Of(RuleSet rule, RuleParameters? parameters = null)
    {
        var p = parameters ?? RuleParameters.Default;
        return new Rarity(rule switch
        {
            RuleSet.R1 => 2 * Beyond(p.K1),
            RuleSet.R2 => Math.Pow(2, 1 - p.N2),
            RuleSet.R3 => 2 * Rising(p.N3),
            RuleSet.R4 => 2 * Alternating(p.N4),
            RuleSet.R5 => TwoOfThree(Beyond(p.K5)),
            RuleSet.R6 => FourOfFive(Beyond(p.K6)),
            RuleSet.R7 => Math.Pow(1 - (2 * Beyond(p.K7)), p.N7),
            RuleSet.R8 => OnBothSides(Beyond(p.K8), p.N8),
            _ => throw new ArgumentException($"{rule} is not a single rule.", nameof(rule)),
        });
    }

    private static double Beyond(double k) => Normal.CDF(0, 1, -k);

    // The last point lies beyond, and one of the two before it, on either side.
    private static double TwoOfThree(double q) => 2 * ((2 * q * q * (1 - q)) + (q * q * q));

    // The last point lies beyond, and three of the four before it, on either side.
    private static double FourOfFive(double q) => 2 * ((4 * Math.Pow(q, 4) * (1 - q)) + Math.Pow(q, 5));

    private static double OnBothSides(double q, int points) => Math.Pow(2 * q, points) - (2 * Math.Pow(q, points));

    /// <summary>1 / n!, the share of orders that only rise.</summary>
    private static double Rising(int points)
    {
        double share = 1;
        for (var n = 2; n <= points; n++)
            share /= n;
        return share;
    }

    /// <summary>The share of orders that rise and fall in turn, beginning with a rise.</summary>
    /// <remarks>
    /// Andre, Comptes rendus 88, 1879, 965-967: with A(n) such orders, 2 A(n + 1) = sum over k of C(n, k) A(k) A(n - k). Here divided by n!.
    /// </remarks>
    private static double Alternating(int points)
    {
        var shares = new double[points + 1];
        (shares[0], shares[1]) = (1, 1);
        for (var n = 1; n < points; n++)
        {
            double sum = 0;
            for (var k = 0; k <= n; k++)
                sum += shares[k] * shares[n - k];
            shares[n + 1] = sum / (2 * (n + 1));
        }

        return shares[points];
    }
}
