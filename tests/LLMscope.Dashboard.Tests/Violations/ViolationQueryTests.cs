using LLMscope.Dashboard.Violations;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Rules;

namespace LLMscope.Dashboard.Tests.Violations;

public class ViolationQueryTests
{
    [Fact]
    public void Rules_come_as_several_values_or_with_commas_and_unknown_ones_do_not_matter() =>
        Assert.Equal(RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.Cusum, ViolationQuery.Of(null, null, ["R1", "r2,R5", "R9", "cusum", ""], null, null, null, null).Filter.Rules);

    [Fact]
    public void Nothing_asked_for_is_no_filter()
    {
        var query = ViolationQuery.Of("", "", [], " ", "", null, null);

        Assert.False(query.IsSet);
        Assert.Equal("", query.Address());
    }

    [Fact]
    public void The_address_says_all_that_was_asked_for() => Assert.Equal(
        "?from=2026-01-01T00%3A00%3A00.000Z&rule=R1%2CR2&model=a%20b&state=open&chart=4&page=2",
        ViolationQuery.Of("2026-01-01T00:00", null, ["R2", "R1"], "a b", "open", 4, 2).Address(page: 2));

    [Fact]
    public void A_state_is_known_by_its_word() =>
        Assert.Equal(ViolationState.Acknowledged, ViolationQuery.Of(null, null, null, null, "acknowledged", null, null).State);

    [Theory]
    [InlineData(-4, 1)]
    [InlineData(1_000_000, 200)]
    public void Pages_are_bounded(int asked, int shown) => Assert.Equal(shown, ViolationQuery.Of(null, null, null, null, null, null, asked).Page);
}
