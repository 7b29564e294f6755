using LLMscope.Spc.Cusum;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class CountCusumRunLengthTests
{
    [Fact]
    public void Every_design_of_the_table_has_its_average_run_lengths()
    {
        var rows = TestTables.Rows("poisson-cusum-design.csv").ToArray();

        Assert.Equal(12, rows.Length);
        Assert.All(rows, row =>
        {
            var parameters = new CountCusumParameters(TestTables.Number(row["k"]), TestTables.Number(row["h"]));
            Assert.Equal(1, CountCusumRunLength.PoissonMean(parameters, TestTables.Number(row["m0"])) / TestTables.Number(row["ARL0"]), tolerance: 1e-9);
            Assert.Equal(1, CountCusumRunLength.PoissonMean(parameters, TestTables.Number(row["m1"])) / TestTables.Number(row["ARL1"]), tolerance: 1e-9);
        });
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 1.8)]
    public void The_streaming_chart_signals_as_often_as_computed(double headStart, double mean)
    {
        const int Runs = 4_000;
        var parameters = new CountCusumParameters(k: 1.5, h: 5.5, headStart);
        var exact = CountCusumRunLength.OfPoisson(parameters, mean);
        var random = new Random(2028);
        long points = 0;
        for (var run = 0; run < Runs; run++)
        {
            var memory = parameters.Start();
            do
                points++;
            while (!parameters.Step(ref memory, MathNet.Numerics.Distributions.Poisson.Sample(random, mean)).IsSignal);
        }

        Assert.Equal(1, exact.Mean / CountCusumRunLength.PoissonMean(parameters, mean), tolerance: 1e-8);
        Assert.Equal(exact.Mean, (double)points / Runs, tolerance: 4 * exact.StandardDeviation / Math.Sqrt(Runs));
    }

    [Theory]
    [InlineData(0.2, 0.4, 1_000)]
    [InlineData(5, 10, 10_080)]
    [InlineData(30, 45, 1e6)]
    public void A_Poisson_design_alarms_no_more_often_than_asked_and_not_much_less(double mean, double raised, double averageRunLength)
    {
        var design = CountCusumDesign.Poisson(mean, raised, averageRunLength);

        Assert.Equal(1, design.K / CountCusumParameters.PoissonReference(mean, raised), tolerance: 0.026);
        Assert.InRange(CountCusumRunLength.PoissonMean(design, mean), averageRunLength, 1.5 * averageRunLength);
    }

    [Fact]
    public void A_Bernoulli_design_finds_a_doubled_failure_rate()
    {
        var design = CountCusumDesign.Bernoulli(0.01, 0.02, averageRunLength: 100_000);
        var exact = CountCusumRunLength.OfBernoulli(design, 0.02);
        var random = new Random(2029);
        long calls = 0;
        for (var run = 0; run < 2_000; run++)
        {
            var memory = design.Start();
            do
                calls++;
            while (!design.Step(ref memory, random.NextDouble() < 0.02 ? 1 : 0).IsSignal);
        }

        Assert.Equal(1.0 / 69, design.K);
        Assert.InRange(CountCusumRunLength.BernoulliMean(design, 0.01), 100_000, 105_000);
        Assert.Equal(exact.Mean, calls / 2_000.0, tolerance: 4 * exact.StandardDeviation / Math.Sqrt(2_000));
    }

    [Fact]
    public void A_reference_on_no_lattice_is_refused_with_the_reason()
    {
        var parameters = new CountCusumParameters(k: 1 / Math.Log(2), h: 5);

        Assert.Contains("lattice", Assert.Throws<ArgumentException>(() => CountCusumRunLength.PoissonMean(parameters, 1)).Message, StringComparison.Ordinal);
    }
}
