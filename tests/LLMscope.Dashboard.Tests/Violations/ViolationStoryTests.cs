using LLMscope.Dashboard.Violations;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.Explanations;
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

    [Fact]
    public void The_change_is_told_since_when_and_how_much_in_unit_and_percent_with_its_interval()
    {
        var recorded = TestViolations.Of();
        recorded = recorded with { Violation = recorded.Violation with { BeganNumber = 97, BeganAt = TestBoard.Start, Shift = 0.25, ShiftShare = 0.25 } };
        var shift = new LevelShift(new Estimate(2, 1, 3), new Estimate(0.2, 0.1, 0.3), new Estimate(20, 10, 30));

        Assert.Equal(
            [
                "The change began at point 97, 2026-01-01 00:00:00 UTC, as far as it can be told: 4 points before the violation opened.",
                "Its mean distance from the centre line is +250 ms (+25.0 %).",
                "When it opened, the level had moved by +200 ms, with 90 % confidence between +100 ms and +300 ms (+10.0 % to +30.0 %).",
            ],
            ViolationStory.Change(recorded, shift));
        Assert.Empty(ViolationStory.Change(TestViolations.Of(), null));
    }

    [Theory]
    [InlineData(Direction.Up, ViolationState.Open, "Duration of gpt-4o · openai is higher than its baseline")]
    [InlineData(Direction.Down, ViolationState.Resolved, "Duration of gpt-4o · openai was lower than its baseline")]
    [InlineData(Direction.None, ViolationState.Open, "Duration of gpt-4o · openai varies differently from its baseline")]
    public void The_headline_says_what_moved_and_where(Direction direction, ViolationState state, string headline) =>
        Assert.Equal(headline, ViolationStory.Headline(TestViolations.Of(direction: direction, state: state)));
}
