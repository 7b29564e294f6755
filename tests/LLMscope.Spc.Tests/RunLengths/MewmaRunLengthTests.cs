using LLMscope.Spc.Multivariate;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class MewmaRunLengthTests
{
    // The table was computed with twenty nodes, which are too few for a weight of 0.05.
    [Fact]
    public void Every_limit_of_the_table_gives_its_average_run_length()
    {
        var rows = TestTables.Rows("mewma-design.csv").ToArray();

        Assert.Equal(45, rows.Length);
        Assert.All(rows, row => Assert.Equal(
            1,
            MewmaRunLength.Mean(int.Parse(row["p"]), ParametersOf(row)) / TestTables.Number(row["ARL0"]),
            tolerance: row["lambda"] == "0.05" ? 2e-4 : 1e-8));
    }

    [Fact]
    public void Every_limit_of_the_table_is_found()
        => Assert.All(TestTables.Rows("mewma-design.csv"), row => Assert.Equal(
            1,
            MewmaDesign.LimitFor(TestTables.Number(row["ARL0"]), int.Parse(row["p"]), TestTables.Number(row["lambda"])) / TestTables.Number(row["h4"]),
            tolerance: row["lambda"] == "0.05" ? 3e-5 : 1e-8));

    // Where twenty nodes were enough. Elsewhere the table's own shifts of 0.5 are seen later than no shift at all.
    [Fact]
    public void Every_shift_of_the_table_is_seen_after_as_many_points()
        => Assert.All(TestTables.Rows("mewma-design.csv").Where(row => row["lambda"] == "0.2" && row["p"] != "2"), row =>
            Assert.All(new[] { "0.5", "1", "1.5", "2", "3" }, shift => Assert.Equal(
                1,
                MewmaRunLength.Mean(int.Parse(row["p"]), ParametersOf(row), TestTables.Number(shift)) / TestTables.Number(row["ARL_delta_" + shift]),
                tolerance: int.Parse(row["p"]) % 2 == 1 ? 1e-6 : 5e-5)));

    // In control the chain sees lengths only, after a change the half disc: two ways to the same number.
    [Theory]
    [InlineData(2, 0.05, 11.2283571225324)]
    [InlineData(3, 0.1, 14.7647690233327)]
    [InlineData(4, 0.05, 15.722701890006)]
    [InlineData(5, 0.05, 17.6976538201559)]
    [InlineData(6, 0.05, 19.5706108721497)]
    public void A_vanishing_shift_is_seen_as_late_as_none(int variables, double lambda, double limit)
    {
        var parameters = new MewmaParameters(lambda, limit);

        Assert.Equal(1, MewmaRunLength.Mean(variables, parameters, shift: 1e-9) / MewmaRunLength.Mean(variables, parameters), tolerance: 3e-6);
    }

    [Theory]
    [InlineData(2, 0.05, 9.5823439212786, 0.5)]
    [InlineData(2, 0.2, 9.6475727, 1)]
    [InlineData(3, 0.1, 10.7836467, 0)]
    public void A_simulated_chart_signals_as_soon_as_computed(int variables, double lambda, double limit, double shift)
    {
        const int Runs = 4_000;
        var exact = MewmaRunLength.Of(variables, new MewmaParameters(lambda, limit), shift);
        var random = new Random(2026);
        long points = 0;
        for (var run = 0; run < Runs; run++)
        {
            var averages = new double[variables];
            double t2;
            do
            {
                points++;
                for (var i = 0; i < variables; i++)
                    averages[i] += lambda * (MathNet.Numerics.Distributions.Normal.Sample(random, i == 0 ? shift : 0, 1) - averages[i]);
                t2 = averages.Sum(average => average * average) * (2 - lambda) / lambda;
            }
            while (t2 <= limit);
        }

        Assert.Equal(exact.Mean, (double)points / Runs, tolerance: 4 * exact.StandardDeviation / Math.Sqrt(Runs));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1e6)]
    [InlineData(1e9)]
    public void Limits_are_found_for_short_and_for_very_long_run_lengths(double averageRunLength)
    {
        var limit = MewmaDesign.LimitFor(averageRunLength, variables: 4, lambda: 0.1);

        Assert.Equal(1, MewmaRunLength.Mean(4, new MewmaParameters(0.1, limit)) / averageRunLength, tolerance: 1e-6);
    }

    [Fact]
    public void A_weight_of_one_is_the_chart_of_Hotelling_with_known_covariance()
    {
        var limit = MathNet.Numerics.Distributions.ChiSquared.InvCDF(3, 0.995);

        Assert.Equal(200, MewmaRunLength.Mean(3, new MewmaParameters(1, limit)), tolerance: 1e-6);
    }

    [Fact]
    public void The_whole_distribution_has_the_same_mean()
    {
        var parameters = new MewmaParameters(0.1, 10.79);

        Assert.Equal(1, MewmaRunLength.Of(3, parameters).Mean / MewmaRunLength.Mean(3, parameters), tolerance: 1e-8);
        Assert.Equal(1, MewmaRunLength.Of(3, parameters, 1).Mean / MewmaRunLength.Mean(3, parameters, 1), tolerance: 1e-8);
    }

    private static MewmaParameters ParametersOf(IReadOnlyDictionary<string, string> row)
        => new(TestTables.Number(row["lambda"]), TestTables.Number(row["h4"]));
}
