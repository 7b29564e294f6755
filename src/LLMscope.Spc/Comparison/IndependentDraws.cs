using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Comparison;

/// <summary>Quantiles of samples drawn with replacement from a sample, at the same small cost whatever its size.</summary>
/// <remarks>
/// No values are drawn. The k-th of n uniform numbers in order is distributed as Beta(k, n + 1 - k), and its next one lies above it by a Beta(1, n - k)
/// share of the rest; the values at these places are exactly those that drawing n values and sorting them gives. David and Nagaraja, Order
/// Statistics, 3rd ed., 2003, sections 2.1 and 2.3.
/// </remarks>
internal sealed class IndependentDraws(SortedSample sample, double quantile, Random random)
{
    public double Next()
    {
        var count = sample.Count;
        var (below, weight) = SortedSample.Place(count, quantile);
        var place = Beta.Sample(random, below + 1, count - below);
        var value = At(place);
        if (weight == 0)
            return value;

        var next = place + ((1 - place) * (1 - Math.Pow(random.NextDouble(), 1.0 / (count - below - 1))));
        return value + (weight * (At(next) - value));
    }

    private double At(double place) => sample.Values[Math.Min(sample.Count - 1, (int)(place * sample.Count))];
}
