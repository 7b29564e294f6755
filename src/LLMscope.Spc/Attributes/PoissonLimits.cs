using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Attributes;

/// <summary>Exact zone lines for the number of events in a point, from the tails of the Poisson distribution.</summary>
public static class PoissonLimits
{
    /// <summary>The largest mean that has lines: far more events in one point than are worth counting.</summary>
    public const double LargestMean = 1e9;

    /// <summary>The line that at most a share of Phi(-k) of points exceeds, half way between two counts.</summary>
    /// <param name="mean">Expected events, from 0 to <see cref="LargestMean"/>.</param>
    /// <param name="k">A positive number of standard deviations, which stands for the tail Phi(-k).</param>
    public static double Upper(double mean, double k)
    {
        var tail = Normal.CDF(0, 1, -k);
        return CountSearch.Least(Enough(mean, k), count => Above(mean, count) <= tail) + 0.5;
    }

    /// <summary>The line that at most a share of Phi(-k) of points falls below; negative where no count is low enough.</summary>
    /// <inheritdoc cref="Upper"/>
    public static double Lower(double mean, double k)
    {
        var tail = Normal.CDF(0, 1, -k);

        // P(X < c) grows with c, so the first c that breaks the bound is one too many.
        return CountSearch.Least(Enough(mean, k), count => Below(mean, count + 1) > tail) - 0.5;
    }

    /// <summary>P(X > events), exactly, by the regularised incomplete gamma function.</summary>
    public static double Above(double mean, int events)
        => events < 0 ? 1
        : mean <= 0 ? 0
        : SpecialFunctions.GammaLowerRegularized(events + 1.0, mean);

    /// <summary>P(X &lt; events).</summary>
    public static double Below(double mean, int events)
        => events <= 0 ? 0
        : mean <= 0 ? 1
        : SpecialFunctions.GammaUpperRegularized(events, mean);

    // P(X >= m + t) <= exp(-t^2 / (2 (m + t / 3))) by Bernstein, which is below Phi(-k) for this t.
    private static int Enough(double mean, double k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mean, LargestMean);
        var squares = (k + 2) * (k + 2);
        return (int)Math.Ceiling(mean + squares + Math.Sqrt(2 * squares * mean)) + 1;
    }
}
