using System.Globalization;
using LLMscope.Spc.Individuals;
using LLMscope.Spc.Prediction;

namespace LLMscope.Spc.Baselines;

/// <summary>Chooses what the last points say about the next one, by the Bayesian information criterion of the one-step errors.</summary>
internal static class ForecastChoice
{
    // Beyond it a process has no level that it returns to within a baseline.
    private const double NearlyWandering = 0.1;

    // An average that hardly moves is a mean.
    private const double LeastWeight = 0.03;

    // An average of a greater weight follows the last values, not a level. That they say something of the next one is as well said by an autoregression, which
    // returns to its mean and so keeps a lasting shift in sight; only clear evidence decides against it.
    private const double LargeWeight = 0.4;
    private const double Doubt = 10;

    // Errors beyond so many robust standard deviations count as that: in a criterion those of the values, in a forecast those of its errors.
    private const double Clip = 3;

    /// <param name="values">On the scale of the chart, without wild values.</param>
    /// <returns>The forecast and why; no reason where the user ruled one out.</returns>
    public static (Forecast Forecast, string? Why) Of(double[] values, PredictorChoice choice)
    {
        if (choice == PredictorChoice.None)
            return (NoForecast.Instance, null);

        var clip = Clip * RobustSpread(values);
        var centre = RobustScale.Median(values);
        var plain = Criterion(values, Array.ConvertAll(values, value => value - centre), clip, parameters: 1);
        var ewma = Average(values, clip, EwmaForecast.Fit);
        var average = ewma;
        if (choice != PredictorChoice.Ewma && Average(values, clip, EwmaForecast.FitReturning) is var returning && returning.Criterion < ewma.Criterion)
            average = returning;
        var ar = Autoregression.Fit(values, clip, fewestLags: choice == PredictorChoice.Ar ? 1 : 0);
        var arCriterion = double.PositiveInfinity;
        if (ar is not null)
        {
            ar = ar with { Clip = Clip * RobustSpread(Errors(values, ar)) };
            arCriterion = Criterion(values, Errors(values, ar), clip, ar.Parameters);
        }

        return choice switch
        {
            PredictorChoice.Ewma => (ewma.Forecast, Text($"Each point is compared with the moving average of those before it (weight {ewma.Forecast.Lambda:0.00}), as asked.")),
            PredictorChoice.Ar when ar is not null => (ar, Text($"Each point is compared with an autoregression on the last {ar.Coefficients.Count}, as asked.")),
            _ when Math.Min(average.Criterion, arCriterion) >= plain => (NoForecast.Instance, "Points do not depend on those before them, so nothing is forecast."),
            _ when ar is not null && ar.Retained > NearlyWandering && (FollowsSingleValues(average.Forecast)
                ? arCriterion <= average.Criterion + Doubt
                : arCriterion <= average.Criterion + 2 && !Drifts(values, ar, average.Forecast)) => (ar, Text(
                $"Neighbouring points resemble each other, so each is compared with an autoregression on the last {ar.Coefficients.Count}; it takes {Explained(values, ar):0} % of the variance away.")),
            _ when average.Forecast.Persistence < 1 => (average.Forecast, Text(
                $"The level wanders and returns, so each point is compared with a moving average of those before it (weight {average.Forecast.Lambda:0.00}) that returns to the mean; it takes {Explained(values, average.Forecast):0} % of the variance away.")),
            _ => (average.Forecast, Text(
                $"The level wanders, so each point is compared with the moving average of those before it (weight {average.Forecast.Lambda:0.00}); a check of the level goes with it.")),
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

    private delegate (EwmaForecast Forecast, double MeanSquare) FitAverage(ReadOnlySpan<double> values, double clip);

    // Fitted twice: the errors of the first fit say how far one value may move the average.
    private static (EwmaForecast Forecast, double Criterion) Average(double[] values, double clip, FitAverage fit)
    {
        var (forecast, _) = fit(values, clip);
        (forecast, _) = fit(values, Clip * RobustSpread(Errors(values, forecast)));
        return (forecast, forecast.Lambda < LeastWeight ? double.PositiveInfinity : Criterion(values, Errors(values, forecast), clip, forecast.Parameters + 1));
    }

    private static bool FollowsSingleValues(EwmaForecast average) => average.Persistence == 1 && average.Lambda > LargeWeight;

    // A few lags do not see slow movements. What they leave adds up in a cumulative sum; an average follows it.
    private static bool Drifts(double[] values, Autoregression ar, EwmaForecast average)
        => LongRun.Excess(Errors(values, ar)) is > 1 and var left && LongRun.Excess(Errors(values, average)) < left;

    private static double Criterion(double[] values, double[] errors, double clip, int parameters)
        => (values.Length * Math.Log(MeanSquare(errors, clip))) + (parameters * Math.Log(values.Length));

    private static double MeanSquare(double[] errors, double clip)
        => Math.Max(errors.Average(error => Math.Min(error * error, clip * clip)), 1e-300);

    private static double Explained(double[] values, Forecast forecast)
    {
        var (errors, centre) = (Errors(values, forecast), values.Average());
        return 100 * Math.Max(0, 1 - (MeanSquare(errors, double.MaxValue) / values.Average(value => (value - centre) * (value - centre))));
    }

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

    // Of values half of which are equal the median distance is nothing.
    public static double RobustSpread(double[] values)
        => RobustScale.MedianAbsoluteDeviation(values, RobustScale.Median(values)) is > 0 and var spread ? spread : BaselineStudy.Spread(values);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
