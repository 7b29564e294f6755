using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

public class RuleParametersTests
{
    [Fact]
    public void Lengths_beyond_the_run_memory_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuleParameters { N2 = 33 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuleParameters { N4 = 2 });
        Assert.Equal(32, new RuleParameters { N7 = 32 }.LongestWindow);
    }

    [Fact]
    public void Widths_are_positive_numbers()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuleParameters { K1 = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuleParameters { K5 = double.NaN });
    }

    [Fact]
    public void The_longest_window_is_never_shorter_than_four_of_five()
        => Assert.Equal(5, new RuleParameters { N2 = 2, N3 = 2, N4 = 3, N7 = 2, N8 = 2 }.LongestWindow);
}
