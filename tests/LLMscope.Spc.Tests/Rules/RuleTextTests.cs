using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

public class RuleTextTests
{
    [Fact]
    public void The_rules_are_numbered_as_Nelson_numbered_them()
        => Assert.Equal(["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"], RuleSet.All.Each().Select(RuleText.Name));

    [Fact]
    public void Detectors_come_after_the_rules_and_have_names_for_numbers()
    {
        Assert.Equal(["CUSUM", "EWMA", "Level"], RuleSets.Every.Each().Skip(8).Select(RuleText.Name));
        Assert.Equal((8, 11), (RuleSet.All.Count(), RuleSets.Every.Count()));
        Assert.Throws<ArgumentException>(() => RuleSet.Cusum.Number());
    }

    [Fact]
    public void Titles_speak_with_the_numbers_in_force()
    {
        Assert.Equal("9 points on one side of the centre line", RuleText.Title(RuleSet.R2));
        Assert.Equal("16 points on one side of the centre line", RuleText.Title(RuleSet.R2, new RuleParameters { N2 = 16 }));
        Assert.Equal("2 of 3 points beyond 2.79 sigma on one side", RuleText.Title(RuleSet.R5, new RuleParameters { K5 = 2.7855 }));
    }

    [Fact]
    public void Each_rule_has_a_title_and_a_meaning_of_its_own()
    {
        Assert.Equal(11, RuleSets.Every.Each().Select(rule => RuleText.Title(rule)).Distinct().Count());
        Assert.Equal(11, RuleSets.Every.Each().Select(RuleText.Meaning).Distinct().Count());
        Assert.All(RuleSets.Every.Each(), rule => Assert.EndsWith(".", RuleText.Meaning(rule)));
    }

    [Fact]
    public void A_set_of_rules_has_no_name()
        => Assert.Throws<ArgumentException>(() => RuleText.Name(RuleSet.R1 | RuleSet.R2));
}
