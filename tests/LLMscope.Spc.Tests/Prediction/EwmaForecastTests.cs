using LLMscope.Spc.Prediction;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Prediction;

public class EwmaForecastTests
{
    [Fact]
    public void The_forecast_is_the_weighted_average_of_the_values()
    {
        var forecast = new EwmaForecast(0.3, Level: 50, Clip: 100);
        var memory = forecast.Start;

        foreach (var (value, expected) in new[] { (52.0, 50.6), (47, 49.52), (53, 50.564), (49.3, 50.1848) })
        {
            forecast.Learn(ref memory, value, forecast.Expect(memory));
            Assert.Equal(expected, forecast.Expect(memory), precision: 12); // NIST/SEMATECH 6.3.2.4.
        }
    }

    [Fact]
    public void A_wild_value_moves_the_average_no_further_than_the_clip()
    {
        var forecast = new EwmaForecast(0.2, Level: 1, Clip: 0.5);
        var memory = forecast.Start;

        forecast.Learn(ref memory, 1_000, forecast.Expect(memory));

        Assert.Equal(1.1, forecast.Expect(memory), precision: 12);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void The_weight_of_an_integrated_average_is_recovered(double lambda)
    {
        var errors = NormalSample.Of(4_000, seed: 6);
        var values = new double[errors.Length];
        double level = 0;
        for (var i = 0; i < errors.Length; i++)
        {
            values[i] = level + errors[i];
            level += lambda * errors[i];
        }

        var (forecast, meanSquare) = EwmaForecast.Fit(values, clip: 10);

        Assert.Equal(lambda, forecast.Lambda, tolerance: 0.05);
        Assert.Equal(1, meanSquare, tolerance: 0.07);
        Assert.Equal(0, forecast.Retained);
    }

    [Theory]
    [InlineData(0.98, 0.3)]
    [InlineData(0.9, 0.2)]
    public void Persistence_and_weight_of_an_average_that_returns_are_recovered(double persistence, double lambda)
    {
        var errors = NormalSample.Of(20_000, seed: 7);
        var values = new double[errors.Length];
        double level = 5;
        for (var i = 0; i < errors.Length; i++)
        {
            values[i] = level + errors[i];
            level = 5 + (persistence * (level - 5)) + (lambda * errors[i]);
        }

        var (forecast, _) = EwmaForecast.FitReturning(values, clip: 10);

        Assert.Equal(persistence, forecast.Persistence, tolerance: 0.021); // The next on the list.
        Assert.Equal(lambda, forecast.Lambda, tolerance: 0.05);
    }

    [Fact]
    public void An_average_that_returns_leaves_a_share_of_a_lasting_shift()
    {
        var forecast = new EwmaForecast(0.2, Level: 0, Clip: 100) { Persistence = 0.9, Mean = 0 };
        var memory = forecast.Start;

        for (var point = 0; point < 500; point++)
            forecast.Learn(ref memory, 6, forecast.Expect(memory));

        Assert.Equal(6 * forecast.Retained, 6 - forecast.Expect(memory), precision: 9);
        Assert.Equal(1 / 3.0, forecast.Retained, precision: 12);
    }
}
