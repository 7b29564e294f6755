using LLMscope.Spc.Individuals;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Individuals;

public class IndividualsBaselineTests
{
    // Viscosity of 20 batches; limits as printed by the qcc 3.0 vignette, which rounds d2 to 1.128.
    private static readonly double[] Viscosity =
    [
        34.05, 34.4, 33.59, 35.96, 34.7, 33.51, 33.79, 34.04, 34.52, 33.75, 33.27, 33.71, 34.03, 34.58, 34.02, 33.97, 34.05, 34.04, 33.73, 34.05,
    ];

    [Fact]
    public void The_viscosity_chart_of_the_textbook_comes_out_the_same()
    {
        var baseline = IndividualsBaseline.Estimate(Viscosity, Transform.None, BaselineEstimator.MovingRange);

        Assert.Equal(34.088, baseline.Centre, precision: 9);
        Assert.Equal(32.56504, baseline.Limits.Lower3, tolerance: 5e-4 * 1.5);
        Assert.Equal(35.61096, baseline.Limits.Upper3, tolerance: 5e-4 * 1.5);
        Assert.Equal(0.5074815236276856, baseline.Sigma, precision: 12);
        Assert.Equal(0.5726315789473682, baseline.MovingRangeCentre, precision: 12);
        Assert.Equal(1.870519330624208, baseline.MovingRangeLimit, precision: 10);
    }

    [Fact]
    public void Without_its_fourth_batch_the_textbook_chart_narrows_as_printed()
    {
        var baseline = IndividualsBaseline.Estimate([.. Viscosity.Where((_, index) => index != 3)], Transform.None, BaselineEstimator.MovingRange);

        Assert.Equal(33.98947, baseline.Centre, tolerance: 1e-5);
        Assert.Equal(32.75425, baseline.Limits.Lower3, tolerance: 5e-4);
        Assert.Equal(35.2247, baseline.Limits.Upper3, tolerance: 5e-4);
        Assert.Equal(0.41160317204361524, baseline.Sigma, precision: 12);
    }

    [Fact]
    public void Robust_limits_leave_a_wild_value_out_and_judge_it()
    {
        double[] values = [.. Viscosity];
        values[3] = 37;

        var baseline = IndividualsBaseline.Estimate(values, Transform.None);

        Assert.Equal([new ExcludedValue(3, 37, ExclusionReason.FarFromMedian)], baseline.Excluded);
        Assert.Equal(19, baseline.Count);
        Assert.Equal(34.03, baseline.Centre, precision: 9);
        Assert.True(values[3] > baseline.Limits.Upper3);
    }

    [Fact]
    public void Normal_values_give_their_own_sigma()
    {
        var sigmas = Enumerable.Range(1, 200)
            .Select(seed => IndividualsBaseline.Estimate(NormalSample.Of(100, seed, mean: 50, sigma: 4), Transform.None).Sigma).ToArray();

        // The standard error of the mean of 200 estimates from 100 values is 4 x 0.0716 / sqrt(200) = 0.02.
        Assert.Equal(4, sigmas.Average(), tolerance: 0.08);
        Assert.Equal(4 * 0.0716, Math.Sqrt(sigmas.Average(sigma => (sigma - 4) * (sigma - 4))), tolerance: 0.06);
    }

    [Fact]
    public void Screening_never_takes_more_than_its_bound()
    {
        var values = NormalSample.Of(100, seed: 3);
        for (var i = 10; i < 15; i++)
            values[i] = 40 + i;

        var baseline = IndividualsBaseline.Estimate(values, Transform.None);

        Assert.Equal([13, 14], baseline.Excluded.Select(excluded => excluded.Index));
        Assert.True(baseline.Warnings.HasFlag(BaselineWarnings.ManyOutliers));
    }

    [Fact]
    public void A_larger_baseline_may_lose_two_in_a_hundred()
    {
        var values = NormalSample.Of(300, seed: 3);
        for (var i = 100; i < 106; i++)
            values[i] = -40;

        var baseline = IndividualsBaseline.Estimate(values, Transform.None);

        Assert.Equal(Enumerable.Range(100, 6), baseline.Excluded.Select(excluded => excluded.Index));
        Assert.False(baseline.Warnings.HasFlag(BaselineWarnings.ManyOutliers));
    }

    [Fact]
    public void A_healthy_baseline_loses_nothing_and_warns_of_nothing()
    {
        var baseline = IndividualsBaseline.Estimate(NormalSample.Of(100, seed: 11), Transform.None);

        Assert.Empty(baseline.Excluded);
        Assert.Equal(BaselineWarnings.None, baseline.Warnings);
        Assert.Equal(RuleSet.All, baseline.SuitableRules);
    }

    [Fact]
    public void The_logarithm_makes_skewed_latency_symmetric()
    {
        double[] latencies = [.. NormalSample.Of(200, seed: 5, mean: -1, sigma: 0.6).Select(Math.Exp)];

        var raw = IndividualsBaseline.Estimate(latencies, Transform.None);
        var log = IndividualsBaseline.Estimate(latencies, Transform.Log);

        Assert.True(raw.Warnings.HasFlag(BaselineWarnings.Skewed));
        Assert.False(log.Warnings.HasFlag(BaselineWarnings.Skewed));
        Assert.Equal(0.6, log.Sigma, tolerance: 0.1);
        Assert.Equal(Math.Exp(log.Centre + (3 * log.Sigma)), log.Limits.Upper3, precision: 12);
        Assert.True(log.Limits.Lower3 > 0);
    }

    [Fact]
    public void Neighbours_that_resemble_each_other_are_warned_of()
    {
        var values = NormalSample.Of(200, seed: 8);
        for (var i = 1; i < values.Length; i++)
            values[i] += 0.7 * values[i - 1];

        var baseline = IndividualsBaseline.Estimate(values, Transform.None);

        Assert.True(baseline.Warnings.HasFlag(BaselineWarnings.Autocorrelated));
        Assert.Equal(0.7, baseline.Diagnostics.Autocorrelation, tolerance: 0.15);
    }

    [Fact]
    public void A_constant_series_has_no_limits_and_says_why()
    {
        var baseline = IndividualsBaseline.Estimate(Enumerable.Repeat(0.1, 100).ToArray(), Transform.Log);

        Assert.Equal(BaselineProblem.NoVariation, baseline.Problem);
        Assert.False(baseline.HasLimits);
        Assert.True(double.IsNaN(baseline.Limits.Upper3));
    }

    [Theory]
    [InlineData(0.0, Transform.Log, BaselineProblem.NonPositiveValue)]
    [InlineData(-1.0, Transform.Log, BaselineProblem.NonPositiveValue)]
    [InlineData(-1.0, Transform.None, BaselineProblem.None)]
    [InlineData(double.PositiveInfinity, Transform.None, BaselineProblem.InfiniteValue)]
    public void A_value_without_a_place_on_the_scale_is_refused_by_name(double value, Transform transform, BaselineProblem problem)
    {
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8, value];

        Assert.Equal(problem, IndividualsBaseline.Estimate(values, transform).Problem);
    }

    [Fact]
    public void Missing_values_are_left_out_and_too_few_left_are_refused()
    {
        double[] values = [1, 2, double.NaN, 3, 1, 2, 3, 1, 2];

        Assert.Equal([2], IndividualsBaseline.Estimate(values, Transform.None).Excluded.Select(excluded => excluded.Index));
        Assert.Equal(BaselineProblem.TooFewValues, IndividualsBaseline.Estimate(values.AsSpan(1), Transform.None).Problem);
    }

    [Fact]
    public void One_value_that_differs_is_variation_enough_for_limits()
    {
        double[] values = [.. Enumerable.Repeat(10.0, 99), 11];

        var baseline = IndividualsBaseline.Estimate(values, Transform.None);

        Assert.True(baseline.HasLimits);
        Assert.Equal(1 / Math.Sqrt(12), baseline.Sigma, precision: 12);
        Assert.True(baseline.Limits.AreOrdered);
    }

    [Fact]
    public void Lines_of_other_widths_follow_the_scale_and_whole_ones_the_stored_lines()
    {
        var baseline = IndividualsBaseline.Estimate(NormalSample.Of(100, seed: 2).Select(Math.Exp).ToArray(), Transform.Log);

        var lines = baseline.LinesFor(new RuleParameters { K1 = 3.5 });

        Assert.Equal(Math.Exp(baseline.Centre + (3.5 * baseline.Sigma)), lines.Upper1, precision: 12);
        Assert.Equal(baseline.Limits.Upper2, lines.Upper5);
    }
}
