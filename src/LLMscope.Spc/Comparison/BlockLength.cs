using LLMscope.Spc.Baselines;

namespace LLMscope.Spc.Comparison;

/// <summary>How many neighbours of a series a block of the bootstrap should hold.</summary>
public static class BlockLength
{
    /// <summary>Fewer values do not tell whether they depend on each other.</summary>
    private const int FewestValues = 20;

    /// <summary>
    /// 1 where neighbours show no dependence, otherwise (sqrt(6) a / (1 - a^2))^(2/3) n^(1/3), where a is the autocorrelation of an autoregression
    /// with the long-run variance of the series; at most a quarter of the values.
    /// </summary>
    /// <param name="values">In the order of their time; not a number means missing.</param>
    /// <remarks>
    /// Politis and White, Automatic block-length selection for the dependent bootstrap, Econometric Reviews 23(1), 2004, 53-70, for the mean of
    /// such a process. It is applied to normal scores.
    /// </remarks>
    public static int For(ReadOnlySpan<double> values)
    {
        var present = SortedSample.Present(values);
        if (present.Length < FewestValues)
            return 1;

        var scores = RankScores.Of(present);
        var neighbours = Autocorrelation(scores);

        // The standard error of the autocorrelation of independent values is 1 / sqrt(n).
        if (!(neighbours > 2 / Math.Sqrt(scores.Length)))
            return 1;

        var dependence = SerialDependence.Of(scores);
        var a = Math.Max(neighbours, (dependence.LongRunVariance - dependence.Variance) / (dependence.LongRunVariance + dependence.Variance));
        var length = Math.Pow(Math.Sqrt(6) * a / (1 - (a * a)), 2.0 / 3) * Math.Cbrt(present.Length);
        return (int)Math.Clamp(Math.Ceiling(length), 1, present.Length / 4);
    }

    // Normal scores have mean zero. Not a number where no values differ.
    private static double Autocorrelation(double[] scores)
    {
        double products = 0, squares = scores[0] * scores[0];
        for (var i = 1; i < scores.Length; i++)
        {
            products += scores[i] * scores[i - 1];
            squares += scores[i] * scores[i];
        }

        return products / squares;
    }
}
