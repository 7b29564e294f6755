using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace LLMscope.Spc;

/// <summary>The distribution of the range of independent standard normal values, by numerical quadrature.</summary>
/// <remarks>Tippett, Biometrika 17, 1925, 364-387.</remarks>
internal static class RangeDistribution
{
    // Of a hundred values, fewer than one range in 1e18 lies beyond.
    private const double Farthest = 15;

    private const int Panels = 3;

    private const int NodesEach = 40;

    /// <summary>P(R &lt;= range) = n times the integral of phi(x) (Phi(x + range) - Phi(x))^(n - 1).</summary>
    public static double Below(double range, int size)
    {
        if (range <= 0)
            return 0;

        // The trapezoidal rule converges exponentially for analytic functions that vanish at both ends.
        const double Step = 1 / 16.0;
        double sum = 0;
        for (var x = -9.0; x <= 9; x += Step)
        {
            // On the side where both tails are small, their difference keeps its digits.
            var between = x > 0 ? Normal.CDF(0, 1, -x) - Normal.CDF(0, 1, -x - range) : Normal.CDF(0, 1, x + range) - Normal.CDF(0, 1, x);
            sum += Normal.PDF(0, 1, x) * Math.Pow(between, size - 1);
        }

        return size * sum * Step;
    }

    /// <summary>The mean and the standard deviation of the range.</summary>
    public static (double Mean, double Sigma) Moments(int size)
    {
        double mean = 0, square = 0;
        var width = Farthest / Panels;
        for (var panel = 0; panel < Panels; panel++)
        {
            var rule = new GaussLegendreRule(panel * width, (panel + 1) * width, NodesEach);
            for (var i = 0; i < NodesEach; i++)
            {
                var beyond = rule.Weights[i] * (1 - Below(rule.Abscissas[i], size));
                mean += beyond;
                square += 2 * rule.Abscissas[i] * beyond;
            }
        }

        return (mean, Math.Sqrt(square - (mean * mean)));
    }

    public static double Median(int size) => Brent.FindRoot(range => Below(range, size) - 0.5, 0.1, Farthest, accuracy: 1e-14, maxIterations: 200);
}
