using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

public class RuleWindowTests
{
    private static readonly RuleLimits Standard = RuleLimits.From(ZoneLimits.Symmetric(0, 1), RuleParameters.Default);

    [Fact]
    public void Two_of_three_names_the_two_that_are_beyond()
    {
        var window = RuleWindow.Find(RuleSet.R5, [0, 2.5, -2.5, 2.1], Standard);

        Assert.NotNull(window);
        Assert.Equal((1, 3), (window.First, window.Last));
        Assert.Equal([1, 3], window.Contributing);
    }

    [Fact]
    public void A_point_in_the_next_zone_does_not_contribute_to_two_of_three()
    {
        Assert.Equal([0, 2], RuleWindow.Find(RuleSet.R5, [2.5, 1.5, 2.1], Standard)!.Contributing);
        Assert.Equal([0, 2], RuleWindow.Find(RuleSet.R5, [-2.5, -1.5, -2.1], Standard)!.Contributing);
    }

    [Fact]
    public void A_point_on_the_line_does_not_contribute()
    {
        Assert.Equal([0, 2], RuleWindow.Find(RuleSet.R5, [2.5, 2, 2.1], Standard)!.Contributing);
        Assert.Equal([0, 2], RuleWindow.Find(RuleSet.R5, [-2.5, -2, -2.1], Standard)!.Contributing);
        Assert.Equal([0, 1, 3, 4], RuleWindow.Find(RuleSet.R6, [1.5, 1.5, 1, 1.5, 1.5], Standard)!.Contributing);
        Assert.Equal([0, 1, 3, 4], RuleWindow.Find(RuleSet.R6, [-1.5, -1.5, -1, -1.5, -1.5], Standard)!.Contributing);
    }

    [Fact]
    public void Four_of_five_leaves_out_the_point_on_the_other_side()
    {
        var window = RuleWindow.Find(RuleSet.R6, [-1.5, -1.5, 1.5, -1.5, -1.5], Standard);

        Assert.Equal([0, 1, 3, 4], window!.Contributing);
    }

    [Fact]
    public void A_run_of_nine_is_shaded_whole_and_not_further()
    {
        var window = RuleWindow.Find(RuleSet.R2, [.. Enumerable.Repeat(0.5, 12)], Standard);

        Assert.Equal(Enumerable.Range(3, 9), window!.Contributing);
    }

    [Fact]
    public void Missing_points_are_stepped_over()
    {
        var window = RuleWindow.Find(RuleSet.R5, [2.5, double.NaN, double.NaN, 2.5], Standard);

        Assert.Equal([0, 3], window!.Contributing);
    }

    [Fact]
    public void A_rule_that_does_not_hold_has_no_window()
    {
        Assert.Null(RuleWindow.Find(RuleSet.R1, [4, 0], Standard));
        Assert.Null(RuleWindow.Find(RuleSet.R1, [4, double.NaN], Standard));
        Assert.Null(RuleWindow.Find(RuleSet.R2, [1, 1, 1], Standard));
        Assert.Null(RuleWindow.Find(RuleSet.R1, [], Standard));
    }

    [Theory]
    [MemberData(nameof(RuleVectorTests.Ids), MemberType = typeof(RuleVectorTests))]
    public void There_is_a_window_exactly_where_a_rule_is_violated(string id)
    {
        var vector = RuleVector.Of(id);
        if (vector.Missing == MissingPolicy.Break && (vector.Resets.Count > 0 || vector.Values.Any(double.IsNaN)))
            return; // The caller hands over one segment; these have several.

        var limits = RuleLimits.From(ZoneLimits.Symmetric(vector.Centre, vector.Sigma), RuleParameters.Default);
        for (var last = 0; last < Math.Min(vector.Values.Length, 500); last++)
        {
            foreach (var rule in RuleSet.All.Each())
                Assert.Equal(vector.Violated[last].HasFlag(rule), RuleWindow.Find(rule, vector.Values.AsSpan(0, last + 1), limits) is not null);
        }
    }
}
