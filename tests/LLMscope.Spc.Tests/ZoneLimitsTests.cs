namespace LLMscope.Spc.Tests;

public class ZoneLimitsTests
{
    [Fact]
    public void Symmetric_lines_lie_whole_sigmas_from_the_centre()
        => Assert.Equal(new ZoneLimits(4, 6, 8, 10, 12, 14, 16), ZoneLimits.Symmetric(centre: 10, sigma: 2));

    [Fact]
    public void Under_the_logarithm_lines_lie_whole_factors_from_the_centre()
    {
        var limits = ZoneLimits.From(Transform.Log, centre: 0, sigma: Math.Log(2));

        Assert.Equal(0.125, limits.Lower3, precision: 12);
        Assert.Equal(1, limits.Centre, precision: 12);
        Assert.Equal(8, limits.Upper3, precision: 12);
        Assert.True(limits.AreOrdered);
    }

    [Fact]
    public void Every_line_can_be_looked_up_by_its_distance()
    {
        var limits = new ZoneLimits(1, 2, 3, 4, 5, 6, 7);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], Enumerable.Range(-3, 7).Select(limits.Line));
        Assert.Throws<ArgumentOutOfRangeException>(() => limits.Line(4));
    }

    [Fact]
    public void Lines_that_are_not_numbers_are_not_ordered()
        => Assert.False(new ZoneLimits(1, 2, 3, double.NaN, 5, 6, 7).AreOrdered);
}
