namespace LLMscope.Spc.Baselines;

/// <summary>How much more means of many scores vary than those of independent ones.</summary>
internal static class LongRun
{
    /// <summary>The square root of the long-run variance of scores, at least 1, and 1 where chance explains it.</summary>
    /// <remarks>Newey and West, Econometrica 55, 1987, 703-708, with a bandwidth that sees the slow parts that a cumulative sum collects.</remarks>
    public static double Scale(double[] scores)
    {
        var (variance, error) = Variance(scores);
        return variance - 1 > 1.645 * error ? Math.Sqrt(variance) : 1;
    }

    /// <summary>By how many standard errors the long-run variance of values exceeds that of independent ones.</summary>
    public static double Excess(double[] values)
    {
        var (variance, error) = Variance(values);
        return (variance - 1) / error;
    }

    private static (double Variance, double Error) Variance(double[] scores)
    {
        var lags = (int)Math.Min(scores.Length / 8.0, 2 * Math.Sqrt(scores.Length));
        var mean = scores.Average();
        var variance = scores.Sum(score => (score - mean) * (score - mean));
        double sum = 1, noise = 0;
        for (var lag = 1; lag <= lags; lag++)
        {
            double product = 0;
            for (var i = lag; i < scores.Length; i++)
                product += (scores[i] - mean) * (scores[i - lag] - mean);
            var weight = 1 - (lag / (lags + 1.0));
            sum += 2 * weight * product / variance;
            noise += 4 * weight * weight / scores.Length;
        }

        return (sum, Math.Sqrt(noise));
    }
}
