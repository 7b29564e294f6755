using LLMscope.Spc.Cusum;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.RunLengths;

public class CusumRunLengthTests
{
    // The table was computed with thirty nodes, which are too few for thresholds above 33.
    private static readonly IReadOnlyDictionary<string, string>[] Table
        = [.. TestTables.Rows("cusum-crit.csv").Where(row => TestTables.Number(row["h_two"]) < 33)];

    [Theory]
    [InlineData(Sides.Upper, "h_one")]
    [InlineData(Sides.Both, "h_two")]
    public void Every_threshold_of_the_table_gives_its_average_run_length(Sides sides, string column)
    {
        Assert.Equal(118, Table.Length);
        Assert.All(Table, row =>
        {
            var parameters = new CusumParameters(TestTables.Number(row["k"]), TestTables.Number(row[column]));
            Assert.Equal(1, CusumRunLength.Mean(parameters, sides: sides) / TestTables.Number(row["ARL0"]), tolerance: 1e-6);
        });
    }

    [Theory]
    [InlineData(Sides.Upper, "h_one")]
    [InlineData(Sides.Both, "h_two")]
    public void Every_threshold_of_the_table_is_found_from_its_average_run_length(Sides sides, string column)
        => Assert.All(Table, row =>
        {
            var h = CusumDesign.ThresholdFor(TestTables.Number(row["ARL0"]), TestTables.Number(row["k"]), sides: sides);
            Assert.Equal(1, h / TestTables.Number(row[column]), tolerance: 1e-6);
        });

    [Theory]
    [InlineData(0.1, 33.4129530055633)]
    [InlineData(0.1, 36.8468823495031)]
    [InlineData(0.1, 40.0697798428938)]
    [InlineData(0.5, 9)]
    public void The_rows_that_the_table_missed_agree_with_a_Markov_chain(double k, double h)
        => Assert.Equal(
            1, CusumRunLength.Mean(new CusumParameters(k, h), sides: Sides.Upper) / BrookEvans.UpperCusum(k, h, cells: 400), tolerance: 1e-5);

    [Theory]
    [InlineData(20, 0.5)]
    [InlineData(20, 0.1)]
    [InlineData(1e7, 0.25)]
    [InlineData(1e9, 0.5)]
    [InlineData(1e9, 1.5)]
    public void Thresholds_are_found_for_short_and_for_very_long_run_lengths(double averageRunLength, double k)
    {
        var h = CusumDesign.ThresholdFor(averageRunLength, k);

        Assert.Equal(1, CusumRunLength.Mean(new CusumParameters(k, h)) / averageRunLength, tolerance: 1e-9);
    }

    [Theory]
    [InlineData(20, 3)]
    [InlineData(1_000, 3.5)]
    [InlineData(10_080, 4.5)]
    [InlineData(1e9, 6.5)]
    public void Thresholds_are_found_beside_control_limits_too(double averageRunLength, double k1)
    {
        var h = CusumDesign.ThresholdFor(averageRunLength, k: 0.5, k1);

        Assert.Equal(1, CusumRunLength.Mean(new CusumParameters(0.5, h), k1: k1) / averageRunLength, tolerance: 1e-9);
        // Where the threshold lies below the control limits they add nothing.
        Assert.True(h > CusumDesign.ThresholdFor(averageRunLength, k: 0.5) - 1e-9);
    }

    [Fact]
    public void Control_limits_that_alone_signal_more_often_leave_no_threshold()
        => Assert.Throws<ArgumentOutOfRangeException>(() => CusumDesign.ThresholdFor(1_000, k: 0.5, k1: 3));

    [Theory]
    [InlineData(0, 0, 1, double.PositiveInfinity)]
    [InlineData(2, 0.5, 1, double.PositiveInfinity)]
    [InlineData(0, 0, 1, 3.2)]
    [InlineData(2, 0.4, 1.2, 3)]
    [InlineData(1.5, -0.7, 0.9, 2.5)]
    [InlineData(2.5, 0, 1, 1.8)]
    public void The_streaming_chart_signals_as_often_as_computed(double headStart, double shift, double spread, double k1)
    {
        const int Runs = 6_000;
        var parameters = new CusumParameters(0.5, 4, headStart);
        var exact = CusumRunLength.Of(parameters, shift, spread, k1);
        var random = new Random(2027);
        var lengths = new long[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var memory = parameters.Start();
            double z;
            do
            {
                lengths[run]++;
                z = Normal.Sample(random, shift, spread);
            }
            while (Math.Abs(z) <= k1 && parameters.Step(ref memory, z).Signal == Direction.None);
        }

        // Four standard errors.
        var mean = CusumRunLength.Mean(parameters, shift, spread, k1);
        Assert.Equal(mean, lengths.Average(), tolerance: 4 * exact.StandardDeviation / Math.Sqrt(Runs));
        Assert.Equal(1, exact.Mean / mean, tolerance: 1e-7);
        var median = exact.Quantile(0.5);
        Assert.Equal(exact.Survival(median), (double)lengths.Count(length => length > median) / Runs, tolerance: 4 * 0.5 / Math.Sqrt(Runs));
    }

    [Theory]
    [InlineData(0, 1, double.PositiveInfinity)]
    [InlineData(0.3, 1.1, 3.5)]
    [InlineData(1.5, 1, double.PositiveInfinity)]
    [InlineData(4, 1, double.PositiveInfinity)]
    [InlineData(-3, 0.5, 4)]
    [InlineData(11, 1, 3)]
    [InlineData(60, 1, 3)]
    public void The_whole_distribution_has_the_same_mean(double shift, double spread, double k1)
    {
        var parameters = new CusumParameters(0.5, 8, headStart: 4);

        Assert.Equal(1, CusumRunLength.Of(parameters, shift, spread, k1).Mean / CusumRunLength.Mean(parameters, shift, spread, k1), tolerance: 1e-7);
        Assert.Equal(
            1,
            CusumRunLength.Of(parameters, shift, spread, k1, Sides.Upper).Mean / CusumRunLength.Mean(parameters, shift, spread, k1, Sides.Upper),
            tolerance: 1e-7);
    }

    [Fact]
    public void A_spread_too_small_to_be_computed_is_refused()
        => Assert.ThrowsAny<ArgumentException>(() => CusumRunLength.Mean(new CusumParameters(0.5, 5), spread: 1e-3));

    [Fact]
    public void Control_limits_far_out_change_nothing()
    {
        var parameters = new CusumParameters(0.5, 5, headStart: 2.5);

        Assert.Equal(1, CusumRunLength.Mean(parameters, k1: 9) / CusumRunLength.Mean(parameters), tolerance: 1e-9);
    }

    [Fact]
    public void A_threshold_far_out_leaves_the_control_limits()
        => Assert.Equal(1, CusumRunLength.Mean(new CusumParameters(1.5, 30), k1: 3) / 370.3983473449564, tolerance: 1e-8);

    [Fact]
    public void The_sides_of_a_shifted_chart_mirror_each_other()
    {
        var parameters = new CusumParameters(0.5, 4, headStart: 1);

        Assert.Equal(
            CusumRunLength.Mean(parameters, shift: 0.4, k1: 3, sides: Sides.Upper),
            CusumRunLength.Mean(parameters, shift: -0.4, k1: 3, sides: Sides.Lower),
            tolerance: 1e-9);
        Assert.Equal(CusumRunLength.Mean(parameters, shift: 0.4), CusumRunLength.Mean(parameters, shift: -0.4), tolerance: 1e-9);
    }

    [Fact]
    public void A_side_that_never_signals_leaves_the_other_alone()
    {
        var parameters = new CusumParameters(0.5, 5, headStart: 2);

        Assert.Equal(CusumRunLength.Mean(parameters, shift: 60, sides: Sides.Upper), CusumRunLength.Mean(parameters, shift: 60), tolerance: 1e-9);
        Assert.Equal(double.PositiveInfinity, CusumRunLength.Mean(parameters, shift: 60, sides: Sides.Lower));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(4.5)]
    public void Quick_answers_have_four_digits(double k1)
    {
        foreach (var (shift, spread) in new[] { (0.0, 1.0), (0.15, 1.1), (-0.2, 0.85), (1, 1) })
        {
            foreach (var (k, h) in new[] { (0.25, 14.5), (0.5, 8.05), (1, 4.16) })
            {
                var parameters = new CusumParameters(k, h);
                var quick = CusumRunLength.Mean(parameters, shift, spread, k1, accuracy: Accuracy.Quick);
                Assert.Equal(1, quick / CusumRunLength.Mean(parameters, shift, spread, k1), tolerance: 1e-4);
            }
        }
    }
}
