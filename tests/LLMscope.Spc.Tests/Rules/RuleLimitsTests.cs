using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

public class RuleLimitsTests
{
    private static readonly ZoneLimits Zones = new(-2.25, -1.5, -0.75, 0.25, 1, 2.5, 3.25);

    [Fact]
    public void Each_rule_gets_the_zone_lines_of_its_width()
    {
        var lines = RuleLimits.From(Zones, new RuleParameters { K5 = 1, K7 = 2 });

        Assert.Equal(new RuleLimits(0.25, -2.25, 3.25, -0.75, 1, -0.75, 1, -1.5, 2.5, -0.75, 1), lines);
    }

    [Fact]
    public void A_width_between_the_zone_lines_is_refused_rather_than_guessed()
        => Assert.Throws<ArgumentException>(() => RuleLimits.From(Zones, new RuleParameters { K6 = 1.5 }));

    [Fact]
    public void Lines_that_are_no_numbers_or_out_of_order_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RuleLimits.From(_ => double.NaN, RuleParameters.Default));
        Assert.Throws<ArgumentException>(() => RuleLimits.From(k => -k, RuleParameters.Default));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(0.9)]
    [InlineData(0.8)]
    public void Each_line_on_the_wrong_side_of_the_centre_is_refused(double width)
    {
        var parameters = new RuleParameters { K7 = 0.9, K8 = 0.8 };

        Assert.Throws<ArgumentException>(() => RuleLimits.From(k => k == -width ? 0.1 : k, parameters));
        Assert.Throws<ArgumentException>(() => RuleLimits.From(k => k == width ? -0.1 : k, parameters));
    }
}
