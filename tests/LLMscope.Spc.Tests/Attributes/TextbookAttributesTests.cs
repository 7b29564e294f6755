using LLMscope.Spc.Attributes;

namespace LLMscope.Spc.Tests.Attributes;

public class TextbookAttributesTests
{
    [Fact]
    public void The_orange_juice_cans_come_out_as_printed_on_an_np_chart()
    {
        var chart = TextbookChart.Of("orangejuice-np");

        var limits = UnitCountBaseline.Estimate(Subgroups(chart), out _)!.For(AttributeLimits.ThreeSigma);

        Agree(chart, limits);
        Assert.Equal([15, 23], Beyond(chart, _ => limits));
    }

    [Fact]
    public void Without_the_bad_samples_they_come_out_as_printed_on_a_p_chart()
    {
        var chart = TextbookChart.Of("orangejuice-p-clean");

        var baseline = ProportionBaseline.Estimate(Subgroups(chart))!;
        var limits = baseline.For(50, AttributeLimits.ThreeSigma);

        Agree(chart, limits);
        chart.Agrees("sd1", baseline.StandardError(50));
    }

    [Fact]
    public void The_circuit_boards_come_out_as_printed_on_c_and_u_charts()
    {
        var (counts, rates) = (TextbookChart.Of("circuit-c-clean"), TextbookChart.Of("circuit-u-clean"));

        Agree(counts, CountBaseline.Estimate(Counts(counts), out _)!.For(AttributeLimits.ThreeSigma));
        Agree(rates, Rates(rates).For(100, AttributeLimits.ThreeSigma));
    }

    [Fact]
    public void Dyed_cloth_of_varying_area_has_limits_for_each_piece()
    {
        var chart = TextbookChart.Of("dyedcloth-u-variable-n");

        var baseline = Rates(chart);

        chart.Agrees("center", baseline.Rate);
        Assert.Equal(10, chart.Limits.Length);
        foreach (var ((lower, upper), size) in chart.Limits.Zip(chart.Sizes))
        {
            var limits = baseline.For(size, AttributeLimits.ThreeSigma);
            Assert.Equal(lower, limits.Lower3, tolerance: 1e-9 * lower);
            Assert.Equal(upper, limits.Upper3, tolerance: 1e-9 * upper);
        }
    }

    [Fact]
    public void A_wafer_on_the_limit_is_within_it_and_one_above_is_not()
    {
        var chart = TextbookChart.Of("nist-c-wafer");

        var limits = CountBaseline.Estimate(Counts(chart), out _)!.For(AttributeLimits.ThreeSigma);

        Agree(chart, limits);
        Assert.Contains(28, chart.Points);
        Assert.Equal(chart.Beyond, Beyond(chart, _ => limits));
    }

    private static void Agree(TextbookChart chart, ZoneLimits limits)
    {
        chart.Agrees("center", limits.Centre);
        chart.Agrees("LCL", limits.Lower3);
        chart.Agrees("UCL", limits.Upper3);
    }

    private static IEnumerable<int> Beyond(TextbookChart chart, Func<int, ZoneLimits> limits)
        => Enumerable.Range(1, chart.Points.Length).Where(number => FalseAlarms.IsBeyond(limits(number), chart.Points[number - 1]));

    private static IEnumerable<int> Counts(TextbookChart chart) => chart.Points.Select(count => (int)count);

    private static IEnumerable<ProportionSubgroup> Subgroups(TextbookChart chart)
        => Counts(chart).Zip(chart.Sizes, (count, size) => new ProportionSubgroup((int)size, count));

    private static RateBaseline Rates(TextbookChart chart)
        => RateBaseline.Estimate(Counts(chart).Zip(chart.Sizes, (count, size) => new RateSubgroup(size, count)), out _)!;
}
