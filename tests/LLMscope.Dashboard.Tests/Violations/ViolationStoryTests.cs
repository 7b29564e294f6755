using LLMscope.Dashboard.Violations;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Dashboard.Tests.Violations;

public class ViolationStoryTests
{
    [Fact]
    public void A_large_distance_is_told_as_a_factor() => Assert.Equal(
        "3.00 s was above the upper control limit of 2.00 s: 3.00 times the centre line (centre line 1.00 s).",
        ViolationStory.Value(TestViolations.Of()));

    [Fact]
    public void A_small_distance_is_told_as_a_percentage() => Assert.Contains(
        "in a pattern that chance seldom makes: 20.0 % above the centre line",
        ViolationStory.Value(TestViolations.Of(value: 1.2, rules: RuleSet.R2)));

    [Fact]
    public void A_share_is_compared_in_percentage_points() => Assert.Contains(
        "10.0 percentage points above the centre line",
        ViolationStory.Value(TestViolations.Of(Characteristic.Error, value: 0.12, centre: 0.02, lower: 0, upper: 0.08)));

    [Theory]
    [InlineData(Direction.Up, ViolationState.Open, "Duration of gpt-4o · openai is higher than its baseline")]
    [InlineData(Direction.Down, ViolationState.Resolved, "Duration of gpt-4o · openai was lower than its baseline")]
    [InlineData(Direction.None, ViolationState.Open, "Duration of gpt-4o · openai varies differently from its baseline")]
    public void The_headline_says_what_moved_and_where(Direction direction, ViolationState state, string headline) =>
        Assert.Equal(headline, ViolationStory.Headline(TestViolations.Of(direction: direction, state: state)));
}
