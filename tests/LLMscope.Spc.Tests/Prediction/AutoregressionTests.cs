using LLMscope.Spc.Prediction;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Prediction;

public class AutoregressionTests
{
    [Fact]
    public void Coefficients_mean_and_order_are_recovered()
    {
        var fit = Autoregression.Fit(Series([0.5, 0.3], mean: 7, count: 5_000, seed: 1), clip: 10);

        Assert.NotNull(fit);
        Assert.Equal(2, fit.Coefficients.Count);
        Assert.Equal(0.5, fit.Coefficients[0], tolerance: 0.05); // The standard error is 0.0135.
        Assert.Equal(0.3, fit.Coefficients[1], tolerance: 0.05);
        Assert.Equal(7, fit.Mean, tolerance: 0.3);
        Assert.Equal(0.2, fit.Retained, tolerance: 0.05);
    }

    [Fact]
    public void The_criterion_rarely_asks_for_lags_of_independent_values()
    {
        var found = Enumerable.Range(0, 100).Count(seed => Autoregression.Fit(NormalSample.Of(300, seed), clip: 10) is not null);

        Assert.InRange(found, 0, 8);
    }

    [Fact]
    public void A_lag_that_matters_is_found_behind_some_that_do_not()
    {
        var fit = Autoregression.Fit(Series([0, 0, 0, 0, 0.6], mean: 0, count: 2_000, seed: 2), clip: 10);

        Assert.Equal(5, fit!.Coefficients.Count);
        Assert.Equal(0.6, fit.Coefficients[4], tolerance: 0.08);
    }

    [Fact]
    public void Even_a_random_walk_is_fitted_by_a_stationary_process()
    {
        var walk = NormalSample.Of(500, seed: 3);
        for (var i = 1; i < walk.Length; i++)
            walk[i] += walk[i - 1];

        var fit = Autoregression.Fit(walk, clip: 1e9)!;
        var memory = fit.Start;
        memory[0] = 1e6;
        for (var i = 0; i < 20_000; i++)
            fit.Learn(ref memory, fit.Expect(memory), fit.Expect(memory));

        Assert.Equal(fit.Mean, fit.Expect(memory), tolerance: 1);
    }

    [Fact]
    public void A_wild_value_is_remembered_as_a_probable_one()
    {
        var forecast = new Autoregression(10, [0.5], [0], Clip: 2);
        var memory = forecast.Start;

        forecast.Learn(ref memory, 1_000, forecast.Expect(memory));

        Assert.Equal(11, forecast.Expect(memory), precision: 12);
    }

    [Fact]
    public void The_memory_starts_with_the_last_values_of_the_baseline()
    {
        var forecast = new Autoregression(1, [0.5, 0.25], [2, 4], Clip: 9);

        Assert.Equal(1 + 1 + 1, forecast.Expect(forecast.Start), precision: 12);
    }

    private static double[] Series(double[] coefficients, double mean, int count, int seed)
    {
        var values = NormalSample.Of(count + 200, seed);
        for (var i = 0; i < values.Length; i++)
        {
            for (var lag = 1; lag <= Math.Min(i, coefficients.Length); lag++)
                values[i] += coefficients[lag - 1] * values[i - lag];
        }

        return Array.ConvertAll(values[200..], value => mean + value);
    }
}
