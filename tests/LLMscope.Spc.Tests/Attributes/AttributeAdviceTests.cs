using LLMscope.Spc.Attributes;

namespace LLMscope.Spc.Tests.Attributes;

public class AttributeAdviceTests
{
    [Theory]
    [InlineData(0.0, 1.0, false, AttributeChart.BetweenEvents)]
    [InlineData(0.99, 3.0, true, AttributeChart.BetweenEvents)]
    [InlineData(1.0, 1.0, false, AttributeChart.Exact)]
    [InlineData(50.0, 1.1, false, AttributeChart.Exact)]
    [InlineData(5.0, 2.0, true, AttributeChart.Exact)]
    [InlineData(20.0, 2.0, true, AttributeChart.Laney)]
    [InlineData(51.0, 1.0, false, AttributeChart.Laney)]
    [InlineData(500.0, 4.0, true, AttributeChart.Laney)]
    public void Few_events_ask_for_gaps_some_for_exact_limits_and_many_for_Laney(double expected, double dispersion, bool isOverdispersed, AttributeChart chart)
        => Assert.Equal(chart, AttributeAdvice.For(expected, dispersion, isOverdispersed).Chart);

    [Fact]
    public void The_reason_names_the_numbers()
    {
        Assert.Equal(
            "A point holds 20 events on average and the points vary 2.5 times as much as chance lets them: exact limits assume one probability and would signal too often.",
            AttributeAdvice.For(20, 2.5, isOverdispersed: true).Reason);
        Assert.Equal(
            "A point holds 0.2 events on average: most are empty, so chart what lies between two events.",
            AttributeAdvice.For(new ProportionBaseline { Units = 100_000, Events = 20, Subgroups = 100 }).Reason);
    }

    [Fact]
    public void A_baseline_is_advised_by_its_events_a_point()
    {
        Assert.Equal(AttributeChart.Exact, AttributeAdvice.For(new RateBaseline { Exposure = 10, Events = 400, Subgroups = 100 }).Chart);
        Assert.Equal(AttributeChart.Laney, AttributeAdvice.For(new RateBaseline { Exposure = 10, Events = 4_000, Subgroups = 100, Dispersion = 1.5 }).Chart);
        Assert.Equal(AttributeChart.Laney, AttributeAdvice.For(new ProportionBaseline { Units = 100_000, Events = 9_000, Subgroups = 100 }).Chart);
    }
}
