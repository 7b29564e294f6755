using LLMscope.Spc.Multivariate;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Multivariate;

public class MultivariateBaselineTests
{
    private static readonly double[][] Boiler = WorkedExample.Of("boiler-T2-single").Rows;

    [Fact]
    public void The_boiler_of_the_textbook_comes_out_the_same()
    {
        var example = WorkedExample.Of("boiler-T2-single");

        var baseline = MultivariateBaseline.Estimate(Matrix(Boiler));

        Assert.All(Boiler.Zip(example.ComputedSeries("T2")), pair => Assert.Equal(1, baseline.T2(pair.First) / pair.Second, tolerance: 1e-9));
        Assert.Equal(1, baseline.PhaseOneLimit(0.001) / example.Computed("UCL_phase1_beta"), tolerance: 1e-9);
        Assert.Equal(1, baseline.PhaseTwoLimit(0.001) / example.Computed("UCL_phase2_F"), tolerance: 1e-9);
        Assert.Equal((25, 8), (baseline.Count, baseline.Variables));
    }

    [Fact]
    public void The_T2_of_a_baseline_sum_to_its_freedom()
    {
        // The trace of S^-1 times the sum of products, (m - 1) p.
        var baseline = MultivariateBaseline.Estimate(Matrix(Boiler));

        Assert.Equal(24 * 8, Boiler.Sum(row => baseline.T2(row)), tolerance: 1e-8);
    }

    [Fact]
    public void Other_units_change_no_T2()
    {
        var baseline = MultivariateBaseline.Estimate(Matrix(Boiler));
        double[][] scaled = [.. Boiler.Select(row => row.Select((value, column) => (value * Math.Pow(10, (2 * column) - 7)) + column).ToArray())];

        var other = MultivariateBaseline.Estimate(Matrix(scaled));

        Assert.All(Boiler.Zip(scaled), pair => Assert.Equal(baseline.T2(pair.First), other.T2(pair.Second), tolerance: 1e-6));
    }

    [Fact]
    public void A_contribution_is_T2_less_the_T2_without_the_variable()
    {
        var whole = MultivariateBaseline.Estimate(Matrix(Boiler));
        var contributions = new double[8];
        whole.Contributions(Boiler[8], contributions);

        for (var left = 0; left < 8; left++)
        {
            double[][] without = [.. Boiler.Select(row => row.Where((_, column) => column != left).ToArray())];
            var others = MultivariateBaseline.Estimate(Matrix(without)).T2(without[8]);
            Assert.Equal(whole.T2(Boiler[8]) - others, contributions[left], tolerance: 1e-9);
        }
    }

    [Fact]
    public void The_variable_that_broke_with_the_others_contributes_most()
    {
        double[][] rows = [.. Pairs(200, seed: 5)];
        var baseline = MultivariateBaseline.Estimate(Matrix(rows));
        var contributions = new double[3];

        // Each value is ordinary; the first two have always moved together.
        baseline.Contributions([1.5, -1.5, 0], contributions);

        Assert.True(baseline.T2([1.5, -1.5, 0]) > baseline.PhaseTwoLimit(0.001));
        Assert.True(baseline.T2([1.5, 1.5, 0]) < baseline.PhaseTwoLimit(0.05));
        Assert.True(Math.Min(contributions[0], contributions[1]) > 10 * contributions[2]);
    }

    [Fact]
    public void Successive_differences_are_not_widened_by_a_shift_in_the_middle()
    {
        double[][] rows = [.. Pairs(400, seed: 7).Select((row, index) => index < 200 ? row : [row[0] + 5, row[1] + 5, row[2]])];

        var sample = MultivariateBaseline.Estimate(Matrix(rows));
        var differences = MultivariateBaseline.Estimate(Matrix(rows), CovarianceEstimator.SuccessiveDifferences);

        Assert.True(sample.Covariance[0] > 5);
        Assert.Equal(1, differences.Covariance[0], tolerance: 0.25);
        Assert.Equal(differences.Covariance[1], differences.Covariance[3]);
    }

    [Theory]
    [InlineData(CovarianceEstimator.Sample)]
    [InlineData(CovarianceEstimator.SuccessiveDifferences)]
    public void New_observations_are_beyond_their_limit_as_often_as_promised(CovarianceEstimator estimator)
    {
        const int Baselines = 2_000;
        const double Alpha = 0.05;
        int first = 0, second = 0;
        for (var seed = 0; seed < Baselines; seed++)
        {
            double[][] rows = [.. Pairs(31, seed)];
            var baseline = MultivariateBaseline.Estimate(Matrix(rows[..30]), estimator);
            first += baseline.T2(rows[15]) > baseline.PhaseOneLimit(Alpha) ? 1 : 0;
            second += baseline.T2(rows[30]) > baseline.PhaseTwoLimit(Alpha) ? 1 : 0;
        }

        // Four standard errors; the limits of successive differences are an approximation.
        var tolerance = 4 * Math.Sqrt(Alpha * (1 - Alpha) / Baselines);
        Assert.Equal(Alpha, (double)first / Baselines, tolerance);
        Assert.Equal(Alpha, (double)second / Baselines, tolerance);
    }

    [Fact]
    public void Observations_with_a_missing_value_are_left_out()
    {
        double[][] rows = [.. Boiler, [.. Boiler[0].Take(7), double.NaN]];

        var baseline = MultivariateBaseline.Estimate(Matrix(rows));

        Assert.Equal(25, baseline.Count);
        Assert.Equal(MultivariateBaseline.Estimate(Matrix(Boiler)).Mean, baseline.Mean);
        Assert.True(double.IsNaN(baseline.T2(rows[^1])));
    }

    [Fact]
    public void A_total_beside_its_parts_is_named_as_the_dependent_variable()
    {
        double[][] rows = [.. Pairs(50, seed: 1).Select(row => new[] { row[0], row[1], row[0] + row[1], row[2] })];

        var baseline = MultivariateBaseline.Estimate(Matrix(rows));

        Assert.Equal((MultivariateProblem.DependentVariable, 2), (baseline.Problem, baseline.ProblemVariable));
        Assert.False(baseline.HasLimits);
        Assert.Throws<InvalidOperationException>(() => baseline.T2([1, 2, 3, 4]));
    }

    [Fact]
    public void Other_problems_are_stated_too()
    {
        double[][] rows = [.. Pairs(50, seed: 1)];
        double[][] constant = [.. rows.Select(row => new[] { row[0], 3 })];
        double[][] infinite = [.. rows, [0, double.PositiveInfinity, 0]];

        Assert.Equal(MultivariateProblem.TooFewObservations, MultivariateBaseline.Estimate(Matrix(rows[..4])).Problem);
        Assert.Equal(MultivariateProblem.None, MultivariateBaseline.Estimate(Matrix(rows[..5])).Problem);
        Assert.Equal(MultivariateProblem.NoVariation, MultivariateBaseline.Estimate(Matrix(constant)).Problem);
        Assert.Equal(1, MultivariateBaseline.Estimate(Matrix(infinite)).ProblemVariable);
    }

    [Theory]
    [InlineData(CovarianceEstimator.Sample)]
    [InlineData(CovarianceEstimator.SuccessiveDifferences)]
    public void The_smallest_baseline_that_is_taken_has_limits(CovarianceEstimator estimator)
    {
        double[][] rows = [.. Pairs(20, seed: 1)];
        var smallest = Enumerable.Range(2, 18).Select(count => MultivariateBaseline.Estimate(Matrix(rows[..count]), estimator)).First(baseline => baseline.HasLimits);

        Assert.True(smallest.PhaseOneLimit(0.01) > 0);
        Assert.True(smallest.PhaseTwoLimit(0.01) > smallest.PhaseOneLimit(0.01));
        Assert.True(double.IsFinite(smallest.PhaseTwoLimit(0.01)));
    }

    internal static double[,] Matrix(double[][] rows)
    {
        var matrix = new double[rows.Length, rows[0].Length];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[0].Length; column++)
                matrix[row, column] = rows[row][column];
        }

        return matrix;
    }

    // Three variables of variance 1, the first two with a correlation of 0.95.
    internal static IEnumerable<double[]> Pairs(int count, int seed)
        => NormalSample.Of(3 * count, seed).Chunk(3).Select(z => new[] { z[0], (0.95 * z[0]) + (Math.Sqrt(1 - (0.95 * 0.95)) * z[1]), z[2] });
}
