using System.Text.Json.Serialization;

namespace LLMscope.Spc.Prediction;

/// <summary>
/// The exponentially weighted moving average of the values so far as forecast of the next one: a centre line that moves. Where the process returns to
/// a mean, the average does too, so that a lasting shift stays visible in its errors.
/// </summary>
/// <remarks>
/// Montgomery and Mastrangelo, Journal of Quality Technology 23(3), 1991, 179-193; with a persistence below 1 it is the forecast of an ARMA(1,1) process
/// (Box, Jenkins and Reinsel, Time Series Analysis, 4th ed., 2008, section 5.4). Errors beyond the clip count as the clip, which keeps one
/// wild value from making its successors look strange (Gelper, Fried and Croux, Journal of Forecasting 29, 2010, 285-300).
/// </remarks>
/// <param name="Lambda">How much the newest error counts, in (0, 1].</param>
/// <param name="Level">The forecast at the end of the baseline.</param>
/// <param name="Clip">The largest error that counts in full, on the scale of the chart.</param>
public sealed record EwmaForecast(double Lambda, double Level, double Clip) : Forecast
{
    // Processes that forget half of a deviation in 3 to 70 points. The slower ones are taken for wandering, and the faster ones are autoregressions.
    private static readonly double[] Persistences = [0.99, 0.98, 0.965, 0.94, 0.9, 0.85, 0.8];

    /// <summary>How much of the distance from <see cref="Mean"/> is left after one point, in (0, 1]; 1 for the plain average, which never returns.</summary>
    public double Persistence { get; init; } = 1;

    /// <summary>Where the process returns to, on the scale of the chart; without meaning at a persistence of 1.</summary>
    public double Mean { get; init; }

    [JsonIgnore]
    public override double Retained => (1 - Persistence) / (1 - Persistence + Lambda);

    [JsonIgnore]
    public override double Usual => Persistence == 1 ? Level : Mean;

    [JsonIgnore]
    public override int Parameters => Persistence == 1 ? 1 : 3;

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

    /// <summary>Fits the weight of the plain average by least squares of the clipped one-step errors.</summary>
    /// <param name="values">In the order of time.</param>
    /// <param name="clip">See <see cref="Clip"/>.</param>
    /// <returns>The forecast, and the mean square of its clipped errors.</returns>
    public static (EwmaForecast Forecast, double MeanSquare) Fit(ReadOnlySpan<double> values, double clip)
        => FitWeight(values, new EwmaForecast(0.05, 0, clip));

    /// <summary>Fits weight and persistence of an average that returns to the mean of the values.</summary>
    /// <inheritdoc cref="Fit"/>
    public static (EwmaForecast Forecast, double MeanSquare) FitReturning(ReadOnlySpan<double> values, double clip)
    {
        double mean = 0;
        foreach (var value in values)
            mean += value / values.Length;

        (EwmaForecast Forecast, double MeanSquare)? best = null;
        foreach (var persistence in Persistences)
        {
            var fit = FitWeight(values, new EwmaForecast(0.05, 0, clip) { Persistence = persistence, Mean = mean });

            // The error has one valley in the persistence too.
            if (best is { } known && fit.MeanSquare > known.MeanSquare)
                break;
            best = fit;
        }

        return best!.Value;
    }

    public override double Expect(in ForecastMemory memory) => memory[0];

    public override void Learn(ref ForecastMemory memory, double value, double expected)
        => memory[0] = Mean + (Persistence * (expected - Mean)) + (Lambda * Math.Clamp(value - expected, -Clip, Clip));

    private static (EwmaForecast Forecast, double MeanSquare) FitWeight(ReadOnlySpan<double> values, EwmaForecast start)
    {
        // The error is smooth in the weight and has one valley in practice: a coarse look, then golden sections around the best.
        var best = 0.05;
        var least = double.PositiveInfinity;
        for (var lambda = 0.02; lambda <= 1; lambda *= 1.4)
        {
            if (Run(values, start, lambda).MeanSquare is var square && square < least)
                (best, least) = (lambda, square);
        }

        var golden = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (best / 1.4, Math.Min(1, best * 1.4));
        var (left, right) = (high - (golden * (high - low)), low + (golden * (high - low)));
        var (atLeft, atRight) = (Run(values, start, left).MeanSquare, Run(values, start, right).MeanSquare);
        while (high - low > 0.02 * low)
        {
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (golden * (high - low));
                atLeft = Run(values, start, left).MeanSquare;
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (golden * (high - low));
                atRight = Run(values, start, right).MeanSquare;
            }
        }

        var weight = (low + high) / 2;
        var (level, meanSquare) = Run(values, start, weight);
        return (start with { Lambda = weight, Level = level }, meanSquare);
    }

    private static (double Level, double MeanSquare) Run(ReadOnlySpan<double> values, EwmaForecast forecast, double lambda)
    {
        // The mean of the first values is where the average begins.
        var first = Math.Min(20, values.Length);
        double level = 0, sum = 0;
        foreach (var value in values[..first])
            level += value / first;

        var (clip, kept, drawn) = (forecast.Clip, forecast.Persistence, (1 - forecast.Persistence) * forecast.Mean);
        foreach (var value in values)
        {
            var error = Math.Max(-clip, Math.Min(clip, value - level));
            sum += error * error;
            level = (kept * level) + drawn + (lambda * error);
        }

        return (level, sum / values.Length);
    }
}
