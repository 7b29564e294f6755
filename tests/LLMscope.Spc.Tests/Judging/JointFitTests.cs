using LLMscope.Spc.Judging;
using LLMscope.Spc.Multivariate;
using LLMscope.Spc.RunLengths;
using LLMscope.Spc.Tests.Multivariate;

namespace LLMscope.Spc.Tests.Judging;

public class JointFitTests
{
    private static readonly MultivariateBaseline Baseline = Estimate(MultivariateBaselineTests.Pairs(500, seed: 3));

    [Fact]
    public void The_limit_of_T2_has_the_false_alarms_asked_for_over_all_baselines()
    {
        var parameters = JointFit.For(JointKind.T2, Baseline, 10_080, JointFit.UsualLambda);

        Assert.Equal(1, parameters.Lambda);
        Assert.Equal(1, 10_080 * JointFit.FalseAlarmAtAPoint(Baseline, parameters)!.Value, tolerance: 1e-9);

        // With mean and covariance known it is beyond chi-squared's, so that alarms are rarer.
        Assert.InRange(JointFit.MeanRunLength(3, parameters), 10_500, 20_000);
    }

    [Theory]
    [InlineData(2, 0.05)]
    [InlineData(8, 0.1)]
    [InlineData(20, 0.2)]
    public void The_limit_of_a_MEWMA_has_the_run_length_asked_for(int variables, double lambda)
    {
        var random = new Random(variables);
        var baseline = Estimate(Enumerable.Range(0, 400).Select(_ => Enumerable.Range(0, variables).Select(_ => random.NextDouble()).ToArray()));

        var parameters = JointFit.For(JointKind.Mewma, baseline, 1e6, lambda);
        var known = new MewmaParameters(lambda, MewmaDesign.LimitFor(1e6, variables, lambda));

        Assert.Equal(1, JointFit.MeanRunLength(variables, known) / 1e6, tolerance: 1e-6);
        Assert.InRange(parameters.Limit / known.Limit, 1.01, 2);
        Assert.Null(JointFit.FalseAlarmAtAPoint(baseline, parameters));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1e6)]
    [InlineData(1e9)]
    [InlineData(1e10)]
    public void Every_weight_and_number_of_characteristics_that_can_be_chosen_has_a_limit(double points)
    {
        foreach (var variables in new[] { 2, 3, 8, 20 })
        {
            var random = new Random(variables);
            var baseline = Estimate(Enumerable.Range(0, 400).Select(_ => Enumerable.Range(0, variables).Select(_ => random.NextDouble()).ToArray()));
            foreach (var lambda in new[] { 0.02, 0.05, 0.3, 1 })
            {
                var limit = JointFit.For(JointKind.Mewma, baseline, points, lambda).Limit;
                Assert.True(limit > 0 && double.IsFinite(limit), $"{variables} {lambda} {limit}");
            }
        }
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(1)]
    public void A_limit_beyond_all_points_has_a_run_length_beyond_counting(double lambda)
        => Assert.InRange(JointFit.MeanRunLength(3, new MewmaParameters(lambda, 1_000)), 1e12, double.PositiveInfinity);

    [Fact]
    public void The_published_limit_of_a_MEWMA_comes_out()
    {
        // Prabhu and Runger, Journal of Quality Technology 29, 1997, 8-15: p = 2, average run length 200, weight 0.1.
        Assert.Equal(8.64, MewmaDesign.LimitFor(200, 2, 0.1), tolerance: 0.01);
        Assert.Equal(8.64, JointFit.For(JointKind.Mewma, Estimate(MultivariateBaselineTests.Pairs(50_000, seed: 1).Select(row => row[..2])), 200, 0.1).Limit, tolerance: 0.02);
    }

    [Fact]
    public void A_few_rows_give_a_limit_even_for_the_rarest_alarm()
    {
        var baseline = Estimate(MultivariateBaselineTests.Pairs(5, seed: 4));

        var limit = JointFit.For(JointKind.T2, baseline, 1e6, JointFit.UsualLambda).Limit;

        // F with 3 and 2 degrees of freedom: 1 - (1 + 2 / (3 F))^(-3/2) beyond F, exactly.
        var f = limit / (3.0 * 6 * 4 / (5 * 2));
        Assert.Equal(1e-6, 1 - Math.Pow(1 + (2 / (3 * f)), -1.5), tolerance: 1e-11);
        Assert.Contains("widens the limit", JointFit.WarningOf(baseline, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Large_baselines_are_not_warned_of()
    {
        Assert.Null(JointFit.WarningOf(Baseline, 1));
        Assert.Null(JointFit.WarningOf(Baseline, 0.1));
        Assert.NotNull(JointFit.WarningOf(Estimate(MultivariateBaselineTests.Pairs(100, seed: 3)), 0.1));
    }

    [Fact]
    public void A_MEWMA_from_a_small_baseline_keeps_about_to_the_false_alarms_asked_for()
    {
        // Over 400 baselines of 100 points: known limits would raise clearly more than twice as many.
        const int Points = 400;
        const double Asked = 500;
        int widened = 0, known = 0;
        var limit = MewmaDesign.LimitFor(Asked, 3, 0.1);
        for (var seed = 0; seed < 400; seed++)
        {
            double[][] rows = [.. MultivariateBaselineTests.Pairs(100 + Points, seed: 1_000 + seed)];
            var baseline = Estimate(rows[..100]);
            widened += Alarms(baseline, JointFit.For(JointKind.Mewma, baseline, Asked, 0.1), rows[100..]);
            known += Alarms(baseline, new MewmaParameters(0.1, limit), rows[100..]);
        }

        var expected = 400 * Points / Asked;
        Assert.InRange(widened / expected, 0.5, 1.5);
        Assert.True(known > 2 * expected);
    }

    [Fact]
    public void A_kept_baseline_judges_as_it_did()
    {
        var kept = MultivariateBaseline.Kept(Baseline.Count, Baseline.Estimator, Baseline.Mean, Baseline.Covariance);

        Assert.Equal(Baseline.T2([1, -2, 0.5]), kept.T2([1, -2, 0.5]));
        Assert.Equal(Baseline.PhaseTwoLimit(0.01), kept.PhaseTwoLimit(0.01));
    }

    [Fact]
    public void Rows_far_from_the_others_are_named()
    {
        double[][] rows = [.. MultivariateBaselineTests.Pairs(200, seed: 6)];
        rows[17] = [9, -9, 0];
        var matrix = MultivariateBaselineTests.Matrix(rows);

        Assert.Equal([17], JointFit.Outlying(MultivariateBaseline.Estimate(matrix), matrix));
    }

    [Fact]
    public void What_gives_no_limits_is_said_in_words()
    {
        Assert.Null(JointFit.Of(new double[4, 3], CovarianceEstimator.Sample, out var few, out _));
        Assert.Equal("has 4 complete rows; limits of 3 characteristics take at least 5", few);

        var sums = MultivariateBaselineTests.Matrix([.. MultivariateBaselineTests.Pairs(50, seed: 8).Select(row => new[] { row[0], row[1], row[0] + row[1] })]);
        Assert.Null(JointFit.Of(sums, CovarianceEstimator.Sample, out var singular, out var column));
        Assert.Contains("singular", singular, StringComparison.Ordinal);
        Assert.Equal(2, column);
    }

    // Each is answered: the averages begin again.
    private static int Alarms(MultivariateBaseline baseline, MewmaParameters parameters, double[][] rows)
    {
        var chart = new MewmaChart(baseline, parameters);
        var alarms = 0;
        foreach (var row in rows)
        {
            if (!chart.Step(row).IsSignal)
                continue;
            alarms++;
            chart.Break();
        }

        return alarms;
    }

    private static MultivariateBaseline Estimate(IEnumerable<double[]> rows) => MultivariateBaseline.Estimate(MultivariateBaselineTests.Matrix([.. rows]));
}
