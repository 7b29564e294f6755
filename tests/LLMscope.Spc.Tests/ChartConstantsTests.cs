namespace LLMscope.Spc.Tests;

public class ChartConstantsTests
{
    private static readonly IReadOnlyDictionary<string, string> Two = TestTables.Rows("chart-constants.csv").Single(row => row["n"] == "2");

    [Theory]
    [InlineData("d2", ChartConstants.D2)]
    [InlineData("d4_median_range", ChartConstants.MedianRange)]
    [InlineData("D4", ChartConstants.D4)]
    [InlineData("E2", ChartConstants.E2)]
    public void The_constants_of_two_values_are_those_of_the_table(string name, double constant)
        => Assert.Equal(TestTables.Number(Two[name]), constant, tolerance: 2e-11);

    [Fact]
    public void The_constants_equal_their_closed_forms()
    {
        var quartile = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 0.75);
        var d3 = Math.Sqrt(2 - (4 / Math.PI));

        Assert.Equal(ChartConstants.D2, 2 / Math.Sqrt(Math.PI), precision: 15);
        Assert.Equal(ChartConstants.D4, 1 + (3 * d3 / ChartConstants.D2), tolerance: 1e-11);
        Assert.Equal(ChartConstants.E2, 3 / ChartConstants.D2, tolerance: 1e-13);
        Assert.Equal(ChartConstants.MedianRange, Math.Sqrt(2) * quartile, tolerance: 1e-12);
        Assert.Equal(ChartConstants.MadScale, 1 / quartile, tolerance: 1e-12);
    }
}
