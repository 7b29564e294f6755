namespace LLMscope.Benchmarks.Calibration;

/// <summary>A stationary autoregression with unit variance.</summary>
internal static class AutoregressiveScores
{
    /// <summary>The coefficients whose process has the first autocorrelations of these values (Levinson and Durbin).</summary>
    public static double[] Coefficients(double[] values, int lags)
    {
        var mean = values.Average();
        double At(int lag) => Enumerable.Range(lag, values.Length - lag).Sum(i => (values[i] - mean) * (values[i - lag] - mean));
        var correlations = Enumerable.Range(0, lags + 1).Select(lag => At(lag) / At(0)).ToArray();
        double[] current = [];
        var left = 1.0;
        for (var order = 1; order <= lags; order++)
        {
            var partial = (correlations[order] - Enumerable.Range(1, order - 1).Sum(lag => current[lag - 1] * correlations[order - lag])) / left;
            var before = current;
            current = [.. Enumerable.Range(1, order - 1).Select(lag => before[lag - 1] - (partial * before[order - lag - 1])), partial];
            left *= 1 - (partial * partial);
        }

        return current;
    }

    public static Func<double> Of(double[] coefficients, NormalSource normals)
    {
        // The response to one innovation gives the variance, and a long run-up the stationary beginning.
        var response = new double[4_000];
        for (var i = 0; i < response.Length; i++)
        {
            response[i] = i == 0 ? 1 : 0;
            for (var lag = 1; lag <= Math.Min(i, coefficients.Length); lag++)
                response[i] += coefficients[lag - 1] * response[i - lag];
        }

        var scale = 1 / Math.Sqrt(response.Sum(x => x * x));
        var last = new double[coefficients.Length];
        var next = () =>
        {
            var value = normals.Next();
            for (var lag = 0; lag < last.Length; lag++)
                value += coefficients[lag] * last[lag];
            for (var lag = last.Length - 1; lag > 0; lag--)
                last[lag] = last[lag - 1];
            last[0] = value;
            return value * scale;
        };
        for (var i = 0; i < 500; i++)
            next();
        return next;
    }
}
