using LLMscope.Spc.Prediction;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Prediction;

public class TokenRegressionTests
{
    [Theory]
    [InlineData(Transform.Log)]
    [InlineData(Transform.None)]
    public void Times_per_token_come_out_of_calls_with_noise_of_15_percent(Transform transform)
    {
        var (values, contexts) = Calls(3_000, cached: true);

        var fit = TokenRegression.Fit(values, contexts, transform)!;

        Assert.Equal(0.030, fit.PerOutputToken, tolerance: 0.0015);
        Assert.Equal(0.0005, fit.PerInputToken, tolerance: 0.00015);
        Assert.InRange(fit.Fixed, 0.1, 0.6);
        Assert.InRange(fit.PerCachedToken, 0, 0.01);
    }

    [Fact]
    public void A_longer_answer_is_expected_to_take_longer()
    {
        var fit = new TokenRegression(Transform.Log, 0.3, 0.0005, 0.0001, 0.03);
        var context = PointContext.None with { InputTokens = 1_000, CachedTokens = 400, OutputTokens = 100 };

        Assert.Equal(Math.Log(0.3 + 0.3 + 0.04 + 3), fit.Of(context), precision: 12);
        Assert.Equal(Math.Log(0.3 + 0.5 + 3), fit.Of(context with { CachedTokens = double.NaN }), precision: 12);
        Assert.True(double.IsNaN(fit.Of(PointContext.None)));
    }

    [Fact]
    public void No_time_is_negative_even_where_noise_asks_for_it()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (values, contexts) = Calls(60, cached: false, seed);
            if (TokenRegression.Fit(values, contexts, Transform.Log) is { } fit)
                Assert.True(fit is { Fixed: >= 0, PerInputToken: >= 0, PerCachedToken: >= 0, PerOutputToken: >= 0 });
        }
    }

    [Fact]
    public void Without_token_counts_there_is_no_regression()
    {
        var (values, contexts) = Calls(500, cached: false);
        for (var i = 0; i < contexts.Length; i += 10)
            contexts[i] = PointContext.None;

        Assert.Null(TokenRegression.Fit(values, contexts, Transform.Log));
        Assert.Null(TokenRegression.Fit(values, Enumerable.Repeat(PointContext.None, 500).ToArray(), Transform.Log));
        Assert.Null(TokenRegression.Fit(values.AsSpan(..20), contexts.AsSpan(..20), Transform.Log));
    }

    [Fact]
    public void A_few_wild_calls_hardly_change_the_times()
    {
        var (values, contexts) = Calls(1_000, cached: false);
        for (var i = 0; i < values.Length; i += 50)
            values[i] *= 20;

        Assert.Equal(0.030, TokenRegression.Fit(values, contexts, Transform.Log)!.PerOutputToken, tolerance: 0.003);
    }

    private static (double[] Values, PointContext[] Contexts) Calls(int count, bool cached, int seed = 1)
    {
        var (random, noise) = (new Random(seed), NormalSample.Of(count, seed + 100));
        var contexts = new PointContext[count];
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            contexts[i] = PointContext.None with
            {
                InputTokens = random.Next(100, 4_000),
                OutputTokens = random.Next(10, 500),
                CachedTokens = cached ? random.Next(0, 100) : double.NaN,
            };
            var fresh = contexts[i].InputTokens - (cached ? contexts[i].CachedTokens : 0);
            values[i] = (0.3 + (0.0005 * fresh) + (0.03 * contexts[i].OutputTokens)) * Math.Exp(0.15 * noise[i]);
        }

        return (values, contexts);
    }
}
