using LLMscope.Spc.Baselines;

namespace LLMscope.Spc.Comparison;

/// <summary>How many times larger the variance of Mann and Whitney's U is where values depend on their predecessors.</summary>
internal static class RankVariance
{
    /// <summary>Fewer values do not tell.</summary>
    private const int FewestValues = 20;

    /// <summary>
    /// U is close to a difference of two means of ranks, so the long-run variances of both count, each divided by its number of values.
    /// </summary>
    /// <param name="before">In the order of their time; not a number means missing.</param>
    /// <returns>At least 1.</returns>
    public static double Of(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        var (first, second) = (SortedSample.Present(before), SortedSample.Present(after));
        if (first.Length == 0 || second.Length == 0)
            return 1;

        double ofFirst = 1.0 / first.Length, ofSecond = 1.0 / second.Length;
        return ((Ratio(first) * ofFirst) + (Ratio(second) * ofSecond)) / (ofFirst + ofSecond);
    }

    private static double Ratio(double[] values)
    {
        if (values.Length < FewestValues)
            return 1;

        var dependence = SerialDependence.Of(RankScores.Of(values));
        return dependence.Variance == 0 ? 1 : dependence.LongRunVariance / dependence.Variance;
    }
}
