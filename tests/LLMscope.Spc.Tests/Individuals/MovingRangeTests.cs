using LLMscope.Spc.Individuals;

namespace LLMscope.Spc.Tests.Individuals;

public class MovingRangeTests
{
    [Fact]
    public void A_range_is_the_distance_of_neighbours_on_the_scale_of_the_chart()
    {
        var ranges = new MovingRange(Transform.Log);

        Assert.True(double.IsNaN(ranges.Add(1)));
        Assert.Equal(Math.Log(2), ranges.Add(2), precision: 12);
        Assert.Equal(Math.Log(4), ranges.Add(0.5), precision: 12);
    }

    [Fact]
    public void A_missing_value_has_no_range_and_its_neighbours_are_consecutive()
    {
        var ranges = new MovingRange(Transform.None);
        ranges.Add(1);

        Assert.True(double.IsNaN(ranges.Add(double.NaN)));
        Assert.Equal(3, ranges.Add(4));
    }

    [Fact]
    public void No_range_reaches_over_a_break()
    {
        var ranges = new MovingRange(Transform.None);
        ranges.Add(1);

        ranges.Break();

        Assert.True(double.IsNaN(ranges.Add(4)));
    }
}
