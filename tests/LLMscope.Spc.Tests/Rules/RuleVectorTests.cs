using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

public class RuleVectorTests
{
    public static TheoryData<string> Ids => [.. RuleVector.All.Select(vector => vector.Id)];

    [Fact]
    public void There_are_cases_for_every_rule()
    {
        Assert.Equal(73, RuleVector.All.Count);
        Assert.All(RuleSet.All.Each(), rule => Assert.Contains(RuleVector.All, vector => vector.Violated.Any(violated => (violated & rule) == rule)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_is_violated_at_exactly_the_points_expected(string id)
    {
        var vector = RuleVector.Of(id);
        var rules = new NelsonRules(ZoneLimits.Symmetric(vector.Centre, vector.Sigma), missing: vector.Missing);

        var violated = vector.Values.Select((value, index) =>
        {
            if (vector.Resets.Contains(index))
                rules.Break();
            return rules.Judge(value).Rules;
        });

        Assert.Equal(vector.Violated, violated);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_alone_says_what_it_says_among_all(string id)
    {
        var vector = RuleVector.Of(id);
        foreach (var rule in RuleSet.All.Each())
        {
            var alone = new NelsonRules(ZoneLimits.Symmetric(vector.Centre, vector.Sigma), rule, missing: vector.Missing);

            var violated = vector.Values.Select((value, index) =>
            {
                if (vector.Resets.Contains(index))
                    alone.Break();
                return alone.Judge(value).Rules;
            });

            Assert.Equal(vector.Violated.Select(rules => rules & rule), violated);
        }
    }
}
