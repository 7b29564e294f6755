using System.Text.Json.Serialization;

namespace LLMscope.Spc.Prediction;

/// <summary>The exponentially weighted moving average of the values so far as forecast of the next one: a centre line that moves.</summary>
/// <remarks>
/// Montgomery and Mastrangelo, Journal of Quality Technology 23(3), 1991, 179-193. Errors beyond the clip count as the clip, which keeps one
/// wild value from making its successors look strange (Gelper, Fried and Croux, Journal of Forecasting 29, 2010, 285-300).
/// </remarks>
/// <param name="Lambda">How much the newest value counts, in (0, 1].</param>
/// <param name="Level">The average at the end of the baseline.</param>
/// <param name="Clip">The largest error that counts in full, on the scale of the chart.</param>
public sealed record EwmaForecast(double Lambda, double Level, double Clip) : Forecast
{
    [JsonIgnore]
    public override ForecastMemory Start
    {
        get
        {
            var memory = default(ForecastMemory);
            memory[0] = Level;
            return memory;
        }
    }

    /// <summary>Fits the weight by least squares of the clipped one-step errors.</summary>
    /// <param name="values">In the order of time.</param>
    /// <param name="clip">See <see cref="Clip"/>.</param>
    /// <returns>The forecast, and the mean square of its clipped errors.</returns>
    public static (EwmaForecast Forecast, double MeanSquare) Fit(ReadOnlySpan<double> values, double clip)
    {
        // The error is smooth in the weight and has one valley in practice: a coarse look, then golden sections around the best.
        var best = 0.05;
        var least = double.PositiveInfinity;
        for (var lambda = 0.02; lambda <= 1; lambda *= 1.25)
        {
            if (Run(values, lambda, clip).MeanSquare is var square && square < least)
                (best, least) = (lambda, square);
        }

        var (low, high) = (best / 1.25, Math.Min(1, best * 1.25));
        var golden = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-3)
        {
            var (left, right) = (high - (golden * (high - low)), low + (golden * (high - low)));
            if (Run(values, left, clip).MeanSquare < Run(values, right, clip).MeanSquare)
                high = right;
            else
                low = left;
        }

        var weight = (low + high) / 2;
        var (level, meanSquare) = Run(values, weight, clip);
        return (new EwmaForecast(weight, level, clip), meanSquare);
    }

    public override double Expect(in ForecastMemory memory) => memory[0];

    public override void Learn(ref ForecastMemory memory, double value, double expected)
        => memory[0] = expected + (Lambda * Math.Clamp(value - expected, -Clip, Clip));

    private static (double Level, double MeanSquare) Run(ReadOnlySpan<double> values, double lambda, double clip)
    {
        // The mean of the first values is where the average begins.
        var first = Math.Min(20, values.Length);
        double level = 0, sum = 0;
        foreach (var value in values[..first])
            level += value / first;
        foreach (var value in values)
        {
            var error = Math.Clamp(value - level, -clip, clip);
            sum += error * error;
            level += lambda * error;
        }

        return (level, sum / values.Length);
    }
}
