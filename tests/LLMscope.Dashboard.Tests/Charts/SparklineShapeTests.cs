using LLMscope.Dashboard.Charts;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Dashboard.Tests.Charts;

public class SparklineShapeTests
{
    [Fact]
    public void Values_and_limits_lie_inside_the_drawing()
    {
        var shape = new SparklineShape(new TestBoard().Add(TestViolations.Model, Characteristic.Duration, [.. TestBoard.Good, 5]));

        Assert.NotNull(shape.Limits);
        Assert.All(shape.Values.Append(shape.Limits.Value.Lower).Append(shape.Limits.Value.Upper), value => Assert.InRange(shape.Y(value), 0, SparklineShape.Height));
        Assert.InRange(shape.X(shape.Values.Count - 1), 0, SparklineShape.Width);
        Assert.StartsWith("M4 ", shape.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_larger_value_is_higher()
    {
        var shape = new SparklineShape(new TestBoard().Add(TestViolations.Model, Characteristic.Duration, 1, 2));

        Assert.True(shape.Y(2) < shape.Y(1));
        Assert.True(shape.IsLogarithmic);
    }

    [Fact]
    public void Equal_values_are_a_line_in_the_middle()
    {
        var shape = new SparklineShape(new TestBoard().Add(new Source(Host: "gpu-1"), "cpu_utilization", 0.5, 0.5));

        Assert.Equal(SparklineShape.Height / 2, shape.Y(0.5));
        Assert.Null(shape.Limits);
    }

    [Fact]
    public void A_chart_without_points_has_an_empty_drawing() =>
        Assert.Empty(new SparklineShape(new TestBoard().Add(TestViolations.Model, Characteristic.Duration)).Path);
}
