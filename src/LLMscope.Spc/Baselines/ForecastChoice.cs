using System.Globalization;
using LLMscope.Spc.Prediction;

namespace LLMscope.Spc.Baselines;

/// <summary>Chooses what the last points say about the next one, by the Bayesian information criterion of the one-step errors.</summary>
internal static class ForecastChoice
{
    // Beyond it a process has no level that it returns to within a baseline.
    private const double NearlyWandering = 0.1;

    // An average that hardly moves is a mean.
    private const double LeastWeight = 0.05;

    // Errors beyond so many standard deviations of an error count as that.
    private const double Clip = 3;

    /// <param name="values">On the scale of the chart, without wild values.</param>
    /// <returns>The forecast and why; no reason where the user ruled one out.</returns>
    public static (Forecast Forecast, string? Why) Of(double[] values, PredictorChoice choice)
    {
        if (choice == PredictorChoice.None)
            return (NoForecast.Instance, null);

        var variance = MeanSquare(values, NoForecast.Instance, values.Average());
        var plain = values.Length * Math.Log(variance);
        var (ewma, ewmaSquare) = EwmaForecast.Fit(values, Clip * Math.Sqrt(variance));
        (ewma, ewmaSquare) = EwmaForecast.Fit(values, Clip * Math.Sqrt(ewmaSquare));
        var ewmaCriterion = ewma.Lambda < LeastWeight ? double.PositiveInfinity : (values.Length * Math.Log(ewmaSquare)) + (2 * Math.Log(values.Length));
        var ar = Autoregression.Fit(values, Clip * Math.Sqrt(variance));
        if (ar is not null)
            ar = ar with { Clip = Clip * Math.Sqrt(MeanSquare(values, ar, 0)) };
        var arCriterion = ar is null ? plain : (values.Length * Math.Log(MeanSquare(values, ar, 0))) + (ar.Coefficients.Count * Math.Log(values.Length));

        return choice switch
        {
            PredictorChoice.Ewma => (ewma, Text($"Each point is compared with the moving average of those before it (weight {ewma.Lambda:0.00}), as asked.")),
            PredictorChoice.Ar when ar is not null => (ar, Text($"Each point is compared with an autoregression on the last {ar.Coefficients.Count}, as asked.")),
            _ when Math.Min(ewmaCriterion, arCriterion) >= plain => (NoForecast.Instance, "Points do not depend on those before them, so nothing is forecast."),
            _ when ar is not null && ar.Retained > NearlyWandering && arCriterion <= ewmaCriterion + 2 && !Drifts(values, ar, ewma) => (ar, Text(
                $"Neighbouring points resemble each other, so each is compared with an autoregression on the last {ar.Coefficients.Count}; it takes {100 * (1 - (MeanSquare(values, ar, 0) / variance)):0} % of the variance away.")),
            _ => (ewma, Text(
                $"The level wanders, so each point is compared with the moving average of those before it (weight {ewma.Lambda:0.00}); a check of the level goes with it.")),
        };
    }

    /// <summary>The memory before the first value of the baseline itself.</summary>
    public static ForecastMemory Beginning(Forecast forecast, double[] values)
    {
        var memory = default(ForecastMemory);
        if (forecast is EwmaForecast)
            memory[0] = values.Take(20).Average();
        return memory;
    }

    // A few lags do not see slow movements. What they leave adds up in a cumulative sum; an average follows it.
    private static bool Drifts(double[] values, Autoregression ar, EwmaForecast ewma)
        => LongRun.Excess(Errors(values, ar)) is > 1 and var left && LongRun.Excess(Errors(values, ewma)) < left;

    private static double[] Errors(double[] values, Forecast forecast)
    {
        var memory = Beginning(forecast, values);
        return Array.ConvertAll(values, value =>
        {
            var expected = forecast.Expect(memory);
            forecast.Learn(ref memory, value, expected);
            return value - expected;
        });
    }

    private static double MeanSquare(double[] values, Forecast forecast, double centre)
    {
        var memory = Beginning(forecast, values);
        double sum = 0;
        foreach (var value in values)
        {
            var expected = forecast.Expect(memory);
            var error = value - expected - centre;
            sum += error * error;
            forecast.Learn(ref memory, value, expected);
        }

        return Math.Max(sum / values.Length, 1e-300);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
