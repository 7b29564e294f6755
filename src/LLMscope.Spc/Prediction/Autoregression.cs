using System.Text.Json.Serialization;

namespace LLMscope.Spc.Prediction;

/// <summary>
/// The next value from its last ones, AR(p). Unlike an average it returns to the mean of the baseline, so a lasting shift stays visible in the residuals.
/// </summary>
/// <remarks>
/// Yule-Walker by the recursion of Levinson and Durbin (Brockwell and Davis, Time Series: Theory and Methods, 2nd ed., 1991, section 8.2), which always
/// gives a stationary process; the number of lags by the Bayesian information criterion (Schwarz, Annals of Statistics 6, 1978, 461-464).
/// </remarks>
/// <param name="Mean">Of the process, on the scale of the chart.</param>
/// <param name="Coefficients">Of the last value, the one before, and so on; 1 to <see cref="MostLags"/>.</param>
/// <param name="Last">The last deviations of the baseline from the mean, newest first, as many as there are coefficients.</param>
/// <param name="Clip">The largest error that counts in full for later forecasts.</param>
public sealed record Autoregression(double Mean, IReadOnlyList<double> Coefficients, IReadOnlyList<double> Last, double Clip) : Forecast
{
    public const int MostLags = 10;

    private readonly double[] _coefficients = [.. Coefficients];

    [JsonIgnore]
    public override ForecastMemory Start
    {
        get
        {
            var memory = default(ForecastMemory);
            for (var lag = 0; lag < Last.Count; lag++)
                memory[lag] = Last[lag];
            return memory;
        }
    }

    [JsonIgnore]
    public override double Retained => 1 - _coefficients.Sum();

    [JsonIgnore]
    public override double Usual => Mean;

    [JsonIgnore]
    public override int Parameters => _coefficients.Length + 1;

    /// <summary>Fits mean, coefficients and their number.</summary>
    /// <param name="values">In the order of time, already without values so wild that they would govern the fit.</param>
    /// <param name="clip">See <see cref="Clip"/>.</param>
    /// <param name="fewestLags">1 to have a lag whether or not it is worth its coefficient.</param>
    /// <returns>Null where no lag is worth its coefficient, or there are fewer than ten values for each.</returns>
    public static Autoregression? Fit(ReadOnlySpan<double> values, double clip, int fewestLags = 0)
    {
        double mean = 0;
        foreach (var value in values)
            mean += value / values.Length;

        var covariances = Autocovariances(values, mean, Math.Min(MostLags, values.Length / 10));
        var best = BestOrder(covariances, values.Length, fewestLags);
        if (best.Length == 0)
            return null;

        var last = new double[best.Length];
        for (var lag = 0; lag < last.Length; lag++)
            last[lag] = values[^(lag + 1)] - mean;
        return new Autoregression(mean, best, last, clip);
    }

    public override double Expect(in ForecastMemory memory)
    {
        var expected = Mean;
        for (var lag = 0; lag < _coefficients.Length; lag++)
            expected += _coefficients[lag] * memory[lag];
        return expected;
    }

    public override void Learn(ref ForecastMemory memory, double value, double expected)
    {
        for (var lag = _coefficients.Length - 1; lag > 0; lag--)
            memory[lag] = memory[lag - 1];
        memory[0] = expected + Math.Clamp(value - expected, -Clip, Clip) - Mean;
    }

    public bool Equals(Autoregression? other)
        => other is not null && Mean.Equals(other.Mean) && Clip.Equals(other.Clip)
        && Coefficients.SequenceEqual(other.Coefficients) && Last.SequenceEqual(other.Last);

    public override int GetHashCode() => HashCode.Combine(Mean, Clip, Coefficients.Count);

    private static double[] Autocovariances(ReadOnlySpan<double> values, double mean, int lags)
    {
        var covariances = new double[lags + 1];
        for (var lag = 0; lag <= lags; lag++)
        {
            for (var i = lag; i < values.Length; i++)
                covariances[lag] += (values[i] - mean) * (values[i - lag] - mean);
            covariances[lag] /= values.Length;
        }

        return covariances;
    }

    private static double[] BestOrder(double[] covariances, int count, int fewestLags)
    {
        double[] current = [], best = [];
        var variance = covariances[0];
        var criterion = fewestLags == 0 ? count * Math.Log(variance) : double.PositiveInfinity;
        for (var order = 1; order < covariances.Length && variance > 0; order++)
        {
            var partial = covariances[order];
            for (var lag = 1; lag < order; lag++)
                partial -= current[lag - 1] * covariances[order - lag];
            partial /= variance;

            var next = new double[order];
            next[order - 1] = partial;
            for (var lag = 1; lag < order; lag++)
                next[lag - 1] = current[lag - 1] - (partial * current[order - lag - 1]);
            current = next;
            variance *= 1 - (partial * partial);
            if ((count * Math.Log(variance)) + (order * Math.Log(count)) is var at && at < criterion)
                (criterion, best) = (at, current);
        }

        return best;
    }
}
