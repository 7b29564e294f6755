using LLMscope.Spc.Ewma;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.RunLengths;

public class EwmaRunLengthTests
{
    // The table was computed with thirty nodes, which are too few where the limits lie more than 30 kernel widths apart.
    private static readonly IReadOnlyDictionary<string, string>[] Table
        = [.. TestTables.Rows("ewma-crit.csv").Where(row => row["lambda"] != "0.03" || TestTables.Number(row["ARL0"]) < 50_000)];

    [Fact]
    public void Every_width_of_the_table_gives_its_average_run_length()
    {
        Assert.Equal(108, Table.Length);
        Assert.All(Table, row =>
        {
            var parameters = new EwmaParameters(TestTables.Number(row["lambda"]), TestTables.Number(row["L_fixed"]), EwmaLimits.Fixed);
            Assert.Equal(1, EwmaRunLength.Mean(parameters) / TestTables.Number(row["ARL0"]), tolerance: 1e-6);
        });
    }

    [Theory]
    [InlineData(0.03, 3.96646854913951)]
    [InlineData(0.03, 4.14277565344534)]
    [InlineData(0.1, 4.32220074326691)]
    public void The_rows_that_the_table_missed_agree_with_a_Markov_chain(double lambda, double l)
        => Assert.Equal(
            1, EwmaRunLength.Mean(new EwmaParameters(lambda, l, EwmaLimits.Fixed)) / BrookEvans.Ewma(lambda, l, cells: 401), tolerance: 1e-5);

    [Fact]
    public void Every_width_of_the_table_is_found_from_its_average_run_length()
        => Assert.All(Table, row =>
        {
            var width = EwmaDesign.WidthFor(TestTables.Number(row["ARL0"]), TestTables.Number(row["lambda"]));
            Assert.Equal(1, width / TestTables.Number(row["L_fixed"]), tolerance: 1e-6);
        });

    [Fact]
    public void Every_width_of_the_table_for_exact_limits_gives_its_average_run_length()
    {
        var rows = Table.Where(row => row["L_vacl"] != "NA").ToArray();

        Assert.True(rows.Length > 35);
        Assert.All(rows, row =>
        {
            var parameters = new EwmaParameters(TestTables.Number(row["lambda"]), TestTables.Number(row["L_vacl"]));
            Assert.Equal(1, EwmaRunLength.Mean(parameters) / TestTables.Number(row["ARL0"]), tolerance: 1e-6);
        });
    }

    [Theory]
    [InlineData(20, 0.05)]
    [InlineData(20, 0.5)]
    [InlineData(1e7, 0.2)]
    [InlineData(1e9, 0.05)]
    [InlineData(1e9, 0.5)]
    public void Widths_are_found_for_short_and_for_very_long_run_lengths(double averageRunLength, double lambda)
    {
        var width = EwmaDesign.WidthFor(averageRunLength, lambda);

        Assert.Equal(1, EwmaRunLength.Mean(new EwmaParameters(lambda, width, EwmaLimits.Fixed)) / averageRunLength, tolerance: 1e-9);
    }

    [Fact]
    public void The_width_for_exact_limits_and_for_one_side_is_found_too()
    {
        Assert.Equal(2.86424862807763, EwmaDesign.WidthFor(370.4, 0.2, EwmaLimits.Exact), tolerance: 1e-6);

        var oneSided = EwmaDesign.WidthFor(1_000, 0.2, sides: Sides.Upper);
        Assert.True(oneSided < EwmaDesign.WidthFor(1_000, 0.2));
        Assert.Equal(1_000, EwmaRunLength.Mean(new EwmaParameters(0.2, oneSided, EwmaLimits.Fixed), sides: Sides.Lower), tolerance: 1e-4);
    }

    [Fact]
    public void A_weight_of_one_is_a_Shewhart_chart_up_to_the_longest_run_lengths()
    {
        foreach (var l in new[] { 1, 3, 6, 8.0 })
        {
            var parameters = new EwmaParameters(1, l, EwmaLimits.Fixed);
            Assert.Equal(1, EwmaRunLength.Mean(parameters) * 2 * Normal.CDF(0, 1, -l), tolerance: 1e-9);
            Assert.Equal(1, EwmaRunLength.Mean(new EwmaParameters(1, l)) * 2 * Normal.CDF(0, 1, -l), tolerance: 1e-9);
            Assert.Equal(1, EwmaRunLength.Mean(parameters, sides: Sides.Upper) * Normal.CDF(0, 1, -l), tolerance: 1e-9);
        }
    }

    [Theory]
    [InlineData(EwmaLimits.Fixed, 0, 1)]
    [InlineData(EwmaLimits.Exact, 0, 1)]
    [InlineData(EwmaLimits.Exact, 0.5, 1)]
    [InlineData(EwmaLimits.Fixed, -1, 1.3)]
    public void The_streaming_chart_signals_as_often_as_computed(EwmaLimits limits, double shift, double spread)
    {
        const int Runs = 4_000;
        var parameters = new EwmaParameters(0.1, 2.4, limits);
        var exact = EwmaRunLength.Of(parameters, shift, spread);
        var random = new Random(2025);
        var lengths = new long[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var memory = default(EwmaMemory);
            do
                lengths[run]++;
            while (parameters.Step(ref memory, Normal.Sample(random, shift, spread)).Signal == Direction.None);
        }

        // Four standard errors.
        Assert.Equal(EwmaRunLength.Mean(parameters, shift, spread), lengths.Average(), tolerance: 4 * exact.StandardDeviation / Math.Sqrt(Runs));
        var median = exact.Quantile(0.5);
        Assert.Equal(exact.Survival(median), (double)lengths.Count(length => length > median) / Runs, tolerance: 4 * 0.5 / Math.Sqrt(Runs));
        Assert.Equal(1, exact.Mean / EwmaRunLength.Mean(parameters, shift, spread), tolerance: 1e-7);
    }

    [Fact]
    public void The_sides_of_a_shifted_chart_mirror_each_other()
    {
        var parameters = new EwmaParameters(0.1, 2.7, EwmaLimits.Fixed);

        Assert.Equal(
            EwmaRunLength.Mean(parameters, shift: 0.4, sides: Sides.Upper),
            EwmaRunLength.Mean(parameters, shift: -0.4, sides: Sides.Lower),
            tolerance: 1e-6);
        Assert.True(EwmaRunLength.Mean(parameters, shift: 0.4) < EwmaRunLength.Mean(parameters, shift: 0.4, sides: Sides.Upper));
        Assert.Throws<ArgumentException>(() => EwmaRunLength.Mean(new EwmaParameters(0.1, 2.7), sides: Sides.Upper));
    }

    [Fact]
    public void Quick_answers_have_four_digits()
    {
        foreach (var lambda in new[] { 0.05, 0.1, 0.2, 0.5 })
        {
            var parameters = new EwmaParameters(lambda, EwmaDesign.WidthFor(10_000, lambda), EwmaLimits.Fixed);
            Assert.Equal(1, EwmaRunLength.Mean(parameters, accuracy: Accuracy.Quick) / 10_000, tolerance: 1e-4);
        }
    }
}
