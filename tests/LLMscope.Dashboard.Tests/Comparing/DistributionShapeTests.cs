using LLMscope.Dashboard.Comparing;

namespace LLMscope.Dashboard.Tests.Comparing;

public class DistributionShapeTests
{
    [Fact]
    public void Every_value_is_a_step_up_and_the_last_reaches_the_top()
    {
        var shape = new DistributionShape([2, 1], [3, 3], wantsLog: false);

        Assert.Equal($"M0 10000H{At(shape, 1)}V5000H{At(shape, 2)}V0H10000", shape.Path(shape.Before));
        Assert.Equal($"M0 10000H{At(shape, 3)}V5000H{At(shape, 3)}V0H10000", shape.Path(shape.After));
    }

    [Fact]
    public void Many_values_are_drawn_by_a_bounded_number_of_steps()
    {
        var shape = new DistributionShape(Enumerable.Range(1, 20_000).Select(i => (double)i), [], wantsLog: true);

        var path = shape.Path(shape.Before);

        Assert.Equal(400, path.Count(letter => letter == 'V'));
        Assert.EndsWith("V0H10000", path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_logarithmic_axis_has_equal_factors_at_equal_distances()
    {
        var shape = new DistributionShape([1, 10, 100], [], wantsLog: true);

        Assert.Equal(shape.X(10) - shape.X(1), shape.X(100) - shape.X(10), 9);
        Assert.Equal(50, shape.X(10), 9);
        Assert.False(new DistributionShape([0, 10, 100], [], wantsLog: true).IsLogarithmic);
    }

    [Theory]
    [InlineData(1.02, 1.75, true)]
    [InlineData(0.9, 120, true)]
    [InlineData(1e-6, 1e6, true)]
    [InlineData(-3, 8, false)]
    [InlineData(0.0123, 0.0124, true)]
    [InlineData(5, 5, false)]
    [InlineData(0, 0, false)]
    public void An_axis_has_a_few_round_values_within_it(double low, double high, bool wantsLog)
    {
        var shape = new DistributionShape([low], [high], wantsLog);

        Assert.InRange(shape.Ticks.Count, 2, 7);
        Assert.All(shape.Ticks, tick => Assert.InRange(shape.X(tick), 0, 100));
        Assert.Equal(shape.Ticks.Order().Distinct(), shape.Ticks);
    }

    [Fact]
    public void A_side_without_values_leaves_the_other_to_be_drawn()
    {
        var shape = new DistributionShape([], [1, double.NaN, 2], wantsLog: false);

        Assert.Equal((0, 2), (shape.Before.Length, shape.After.Length));
        Assert.Empty(DistributionShape.Percentiles(shape.Before));
        Assert.Equal(1.5, DistributionShape.Percentiles(shape.After).ElementAt(50));
    }

    private static string At(DistributionShape shape, double value) => (shape.X(value) * 100).ToString("0", System.Globalization.CultureInfo.InvariantCulture);
}
