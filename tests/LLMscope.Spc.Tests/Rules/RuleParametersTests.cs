using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

public class RuleParametersTests
{
    [Fact]
    public void Lengths_beyond_the_longest_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuleParameters { N2 = 65 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuleParameters { N4 = 2 });
        Assert.Equal(64, new RuleParameters { N7 = 64 }.LongestWindow);
    }

    [Fact]
    public void Widths_are_positive_numbers()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuleParameters { K1 = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuleParameters { K5 = double.NaN });
    }

    [Fact]
    public void Each_rule_has_its_window_and_the_width_of_its_lines()
    {
        var parameters = new RuleParameters { K1 = 3.5, N2 = 10, N3 = 7, N4 = 15, K5 = 2.5, K6 = 1.5, K7 = 0.9, N7 = 16, K8 = 1.1, N8 = 9 };

        Assert.Equal([1, 10, 7, 15, 3, 5, 16, 9], RuleSet.All.Each().Select(parameters.Window));
        Assert.Equal([3.5, 0, 0, 0, 2.5, 1.5, 0.9, 1.1], RuleSet.All.Each().Select(parameters.Width));
        Assert.Throws<ArgumentException>(() => parameters.Window(RuleSet.Cusum));
        Assert.Throws<ArgumentException>(() => parameters.Width(RuleSet.R1 | RuleSet.R2));
    }

    [Fact]
    public void The_longest_window_is_never_shorter_than_four_of_five()
        => Assert.Equal(5, new RuleParameters { N2 = 2, N3 = 2, N4 = 3, N7 = 2, N8 = 2 }.LongestWindow);
}
