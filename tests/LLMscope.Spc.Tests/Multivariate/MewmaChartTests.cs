using LLMscope.Spc.Multivariate;

namespace LLMscope.Spc.Tests.Multivariate;

public class MewmaChartTests
{
    private static readonly MultivariateBaseline Baseline
        = MultivariateBaseline.Estimate(MultivariateBaselineTests.Matrix([.. MultivariateBaselineTests.Pairs(500, seed: 3)]));

    private static readonly MewmaParameters Parameters = new(lambda: 0.1, limit: 10.79);

    [Fact]
    public void A_weight_of_one_is_the_chart_of_Hotelling()
    {
        var chart = new MewmaChart(Baseline, new MewmaParameters(1, 12));

        foreach (var row in MultivariateBaselineTests.Pairs(50, seed: 9))
            Assert.Equal(Baseline.T2(row), chart.Step(row).T2, tolerance: 1e-9);
    }

    [Fact]
    public void With_a_weight_of_one_nothing_is_left_of_what_was_before()
    {
        var chart = new MewmaChart(Baseline, new MewmaParameters(1, 12));
        chart.Step([1e15, -1e15, 1e15]);

        Assert.Equal(Baseline.T2([1, 2, 3]), chart.Step([1, 2, 3]).T2);
    }

    [Fact]
    public void Deviations_are_in_standard_deviations_of_what_is_plotted()
    {
        var (plain, averaged) = (new MewmaChart(Baseline, new MewmaParameters(1, 12)), new MewmaChart(Baseline, Parameters));
        double[] row = [.. Baseline.Mean.Select((mean, i) => mean + (2 * Math.Sqrt(Baseline.Covariance[4 * i])))];
        var (deviations, ofAverages) = (new double[3], new double[3]);

        plain.Step(row);
        averaged.Step(row);
        plain.Deviations(deviations);
        averaged.Deviations(ofAverages);

        Assert.All(deviations, deviation => Assert.Equal(2, deviation, tolerance: 1e-12));
        Assert.All(ofAverages, deviation => Assert.Equal(0.1 * 2 / Math.Sqrt(0.1 / 1.9), deviation, tolerance: 1e-12));
    }

    [Fact]
    public void A_shift_that_no_variable_shows_alone_is_seen_and_explained()
    {
        var chart = new MewmaChart(Baseline, Parameters);
        var points = 0;
        foreach (var row in MultivariateBaselineTests.Pairs(200, seed: 11))
        {
            points++;
            if (chart.Step([row[0] + 0.25, row[1] - 0.25, row[2]]).IsSignal)
                break;
        }

        var contributions = new double[3];

        chart.Contributions(contributions);

        Assert.InRange(points, 2, 25);
        Assert.True(Math.Min(contributions[0], contributions[1]) > 2 * contributions[2]);
    }

    [Fact]
    public void Saving_and_restoring_at_any_point_changes_nothing()
    {
        var straight = new MewmaChart(Baseline, Parameters);
        IReadOnlyList<double> saved = straight.Memory;
        foreach (var row in MultivariateBaselineTests.Pairs(100, seed: 13))
        {
            var restored = new MewmaChart(Baseline, Parameters) { Memory = saved };
            Assert.Equal(straight.Step(row), restored.Step(row));
            saved = restored.Memory;
        }
    }

    [Fact]
    public void A_missing_value_is_skipped_and_a_break_forgets_everything()
    {
        var chart = new MewmaChart(Baseline, Parameters);
        chart.Step([5, 5, 5]);
        var before = chart.Memory;

        var missing = chart.Step([5, double.NaN, 5]);

        Assert.False(missing.IsSignal);
        Assert.Equal(before, chart.Memory);
        chart.Break();
        Assert.Equal([0, 0, 0], chart.Memory);
    }

    [Fact]
    public void A_baseline_without_limits_carries_no_chart()
    {
        var none = MultivariateBaseline.Estimate(new double[2, 3]);

        Assert.Throws<ArgumentException>(() => new MewmaChart(none, Parameters));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var chart = new MewmaChart(Baseline, Parameters);
        double[] row = [1, 1, 0];
        chart.Step(row);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            chart.Step(row);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
