using LLMscope.Spc.Baselines;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Baselines;

public class LongRunTests
{
    [Fact]
    public void Sums_of_independent_scores_vary_as_they_should()
    {
        var scales = Enumerable.Range(0, 100).Select(seed => LongRun.Scale(NormalSample.Of(1_000, seed))).ToArray();

        Assert.All(scales, scale => Assert.InRange(scale, 1, 1.5));
        Assert.InRange(scales.Average(), 1, 1.06);
    }

    [Fact]
    public void Sums_of_dependent_scores_vary_more()
    {
        // An autoregression of 0.5 has a long-run standard deviation of sqrt(1.5 / 0.5) times its own.
        var values = NormalSample.Of(20_000, seed: 1);
        for (var i = 1; i < values.Length; i++)
            values[i] += 0.5 * values[i - 1];

        Assert.Equal(Math.Sqrt(3), LongRun.Scale(values), tolerance: 0.2);
    }

    [Fact]
    public void Scores_that_take_turns_are_not_believed_to_vary_less()
    {
        var values = NormalSample.Of(2_000, seed: 2);
        for (var i = 1; i < values.Length; i++)
            values[i] -= 0.6 * values[i - 1];

        Assert.Equal(1, LongRun.Scale(values));
    }
}
