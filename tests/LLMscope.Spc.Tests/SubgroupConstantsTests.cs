using System.Reflection;

namespace LLMscope.Spc.Tests;

public class SubgroupConstantsTests
{
    private static readonly Dictionary<string, string> OwnNames = new()
    {
        ["d2"] = nameof(SubgroupConstants.MeanRange),
        ["d3"] = nameof(SubgroupConstants.RangeSigma),
        ["d4_median_range"] = nameof(SubgroupConstants.MedianRange),
        ["c4"] = nameof(SubgroupConstants.C4),
        ["c5"] = nameof(SubgroupConstants.C5),
    };

    public static TheoryData<int> Sizes => [.. Enumerable.Range(2, 24)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_constant_of_the_table_comes_out_to_nine_digits(int size)
    {
        var row = TestTables.Rows("chart-constants.csv").Single(row => row["n"] == $"{size}");
        var constants = ChartConstants.For(size);

        foreach (var (name, text) in row.Where(cell => cell.Key != "n"))
        {
            var published = TestTables.Number(text);
            var computed = (double)typeof(SubgroupConstants).GetProperty(OwnNames.GetValueOrDefault(name, name), BindingFlags.Public | BindingFlags.Instance)!.GetValue(constants)!;
            Assert.True(Math.Abs(computed - published) <= 1e-9 * published, $"{name} of {size}: {computed}, not {published}");
        }
    }

    [Fact]
    public void Subgroups_of_two_have_the_constants_of_moving_ranges()
    {
        var two = ChartConstants.For(2);

        Assert.Equal(ChartConstants.D2, two.MeanRange, tolerance: 1e-13);
        Assert.Equal(ChartConstants.MedianRange, two.MedianRange, tolerance: 1e-12);
        Assert.Equal(ChartConstants.D4, two.D4, tolerance: 1e-10);
        Assert.Equal(ChartConstants.E2, two.E2, tolerance: 1e-12);
    }

    [Fact]
    public void The_range_of_three_values_has_closed_forms()
    {
        var three = ChartConstants.For(3);

        // E R = 3 / sqrt(pi) and E R^2 = 2 + 3 sqrt(3) / pi.
        Assert.Equal(3 / Math.Sqrt(Math.PI), three.MeanRange, tolerance: 1e-13);
        Assert.Equal(Math.Sqrt(2 + (3 * Math.Sqrt(3) / Math.PI) - (9 / Math.PI)), three.RangeSigma, tolerance: 1e-12);
    }

    [Fact]
    public void The_expected_range_of_a_hundred_values_is_that_of_Tippett()
        => Assert.Equal(5.01519, ChartConstants.For(100).MeanRange, tolerance: 5e-6);

    [Fact]
    public void C4_goes_on_smoothly_where_its_series_takes_over()
    {
        // c4(n) c4(n + 1) = sqrt((n - 1) / n), from the recurrence of the gamma function.
        foreach (var size in (long[])[2, 50, 99, 100, 101, 250, 100_000])
            Assert.Equal(Math.Sqrt((size - 1) / (double)size), ChartConstants.C4(size) * ChartConstants.C4(size + 1), tolerance: 1e-12);
    }

    [Fact]
    public void Larger_subgroups_have_larger_ranges_that_vary_less()
    {
        var constants = Enumerable.Range(2, 99).Select(ChartConstants.For).ToArray();

        Assert.Equal(constants.OrderBy(constant => constant.MeanRange), constants);
        Assert.Equal(constants.OrderBy(constant => constant.C4), constants);
        Assert.Equal(constants.OrderByDescending(constant => constant.D4), constants);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(101)]
    public void A_size_without_constants_is_refused(int size)
        => Assert.Throws<ArgumentOutOfRangeException>(() => ChartConstants.For(size));
}
