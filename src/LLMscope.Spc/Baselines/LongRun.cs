namespace LLMscope.Spc.Baselines;

/// <summary>How much more means of many scores vary than those of independent ones.</summary>
internal static class LongRun
{
    // Of independent scores half of the estimates lie above 1 by chance. To believe them costs delay, to believe none of them false alarms where
    // dependence is real but faint.
    private const double Doubt = 0.5;

    /// <summary>The square root of the long-run variance of scores, half a standard error doubted, at least 1.</summary>
    /// <remarks>Newey and West, Econometrica 55, 1987, 703-708, with a bandwidth that sees the slow parts that a cumulative sum collects.</remarks>
    public static double Scale(double[] scores)
    {
        var (variance, error) = Variance(scores);
        return Math.Sqrt(Math.Max(1, variance - (Doubt * error)));
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

        // Deviations from the values' own mean hide the slowest part: with a bandwidth of the share b of the values, the share b of the variance
        // (Kiefer and Vogelsang, Econometric Theory 21, 2005, 1130-1164).
        return (sum / (1 - (lags / (double)scores.Length)), Math.Sqrt(noise));
    }
}
