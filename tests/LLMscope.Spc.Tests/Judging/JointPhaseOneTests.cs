using LLMscope.Spc.Judging;
using LLMscope.Spc.Tests.Multivariate;

namespace LLMscope.Spc.Tests.Judging;

public class JointPhaseOneTests
{
    [Fact]
    public void A_clean_baseline_is_taken_as_it_is()
    {
        var result = JointPhaseOne.Analyse(MultivariateBaselineTests.Matrix([.. MultivariateBaselineTests.Pairs(200, seed: 21)]));

        Assert.Equal(200, result.Baseline!.Count);
        Assert.Empty(result.Excluded);
        Assert.Empty(result.Remarks);
    }

    [Fact]
    public void What_lies_far_from_the_others_is_left_out_and_named()
    {
        double[][] rows = [.. MultivariateBaselineTests.Pairs(200, seed: 22)];
        (rows[30], rows[31], rows[150]) = ([30, -30, 30], [6, -6, 0], [0, 0, 9]);

        var result = JointPhaseOne.Analyse(MultivariateBaselineTests.Matrix(rows));

        Assert.Equal([30, 31, 150], result.Excluded);
        Assert.Equal(197, result.Baseline!.Count);
    }

    [Fact]
    public void Points_that_resemble_their_neighbours_are_remarked()
    {
        double[][] rows = [.. MultivariateBaselineTests.Pairs(300, seed: 23)];
        for (var index = 1; index < rows.Length; index++)
            rows[index][2] += 0.8 * rows[index - 1][2];

        Assert.Contains(JointPhaseOne.Analyse(MultivariateBaselineTests.Matrix(rows)).Remarks, remark => remark.StartsWith("Neighbouring", StringComparison.Ordinal));
    }

    [Fact]
    public void Heavy_tails_are_remarked()
    {
        var random = new Random(24);
        double[][] rows = [.. MultivariateBaselineTests.Pairs(1_000, seed: 24).Select(row => random.NextDouble() < 0.06 ? row.Select(value => 3 * value).ToArray() : row)];

        Assert.NotEmpty(JointPhaseOne.Analyse(MultivariateBaselineTests.Matrix(rows)).Remarks);
    }

    [Fact]
    public void A_characteristic_that_follows_from_others_gives_no_baseline()
    {
        double[][] rows = [.. MultivariateBaselineTests.Pairs(100, seed: 25).Select(row => new[] { row[0], row[1], row[0] - row[1] })];

        var result = JointPhaseOne.Analyse(MultivariateBaselineTests.Matrix(rows));

        Assert.Null(result.Baseline);
        Assert.Equal(2, result.ProblemVariable);
    }
}
