using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests;

public class RangeDistributionTests
{
    [Fact]
    public void The_range_of_two_values_is_a_folded_normal_difference()
    {
        foreach (var range in (double[])[0.01, 0.5, 1, 3, 6])
            Assert.Equal(1 - (2 * Normal.CDF(0, 1, -range / Math.Sqrt(2))), RangeDistribution.Below(range, 2), tolerance: 1e-14);
    }

    // Harter, Tables of range and studentized range, Annals of Mathematical Statistics 31(4), 1960: upper 5 % and 1 % points.
    [Theory]
    [InlineData(3, 3.314, 0.95)]
    [InlineData(5, 3.858, 0.95)]
    [InlineData(10, 4.474, 0.95)]
    [InlineData(5, 4.603, 0.99)]
    [InlineData(20, 5.645, 0.99)]
    public void Its_upper_points_are_those_of_the_tables(int size, double range, double probability)
        => Assert.Equal(probability, RangeDistribution.Below(range, size), tolerance: 1e-4);
}
