using LLMscope.Spc.Explanations;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Explanations;

public class RarityTests
{
    // Points in ten thousand at which an unchanged process shows the rule, by Nelson's numbers.
    [Theory]
    [InlineData(RuleSet.R1, 26.998)]
    [InlineData(RuleSet.R2, 39.063)]
    [InlineData(RuleSet.R3, 27.778)]
    [InlineData(RuleSet.R4, 45.736)]
    [InlineData(RuleSet.R5, 20.467)]
    [InlineData(RuleSet.R6, 44.657)]
    [InlineData(RuleSet.R7, 32.610)]
    [InlineData(RuleSet.R8, 1.0197)]
    public void Each_rule_is_as_rare_as_its_closed_form_says(RuleSet rule, double inTenThousand)
    {
        var rarity = Rarity.Of(rule);

        Assert.Equal(inTenThousand, 10_000 * rarity.Probability, tolerance: 5.1e-4);
        Assert.Equal(10_000 / inTenThousand, rarity.OnceInPoints, tolerance: 1e-3 * rarity.OnceInPoints);
    }

    [Fact]
    public void Alternation_of_fourteen_points_counts_the_permutations_of_Andre()
        => Assert.Equal(2 * 199_360_981.0 / 87_178_291_200, Rarity.Of(RuleSet.R4).Probability, precision: 15);

    [Fact]
    public void Other_parameters_are_as_rare_as_the_judge_finds_them()
    {
        var parameters = new RuleParameters { K1 = 2.5, N2 = 6, N3 = 4, N4 = 7, K5 = 1.5, K6 = 0.8, K7 = 1.2, N7 = 9, K8 = 0.8, N8 = 5 };
        var judge = new NelsonRules(RuleLimits.From(k => k, parameters), RuleSet.All, parameters);
        var counts = new Dictionary<RuleSet, int>();
        var points = NormalSample.Of(400_000, seed: 1);
        foreach (var point in points)
        {
            foreach (var rule in judge.Judge(point).Rules.Each())
                counts[rule] = counts.GetValueOrDefault(rule) + 1;
        }

        foreach (var rule in RuleSet.All.Each())
        {
            var expected = Rarity.Of(rule, parameters).Probability;
            Assert.Equal(expected, (double)counts[rule] / points.Length, tolerance: 0.05 * expected);
        }
    }

    [Fact]
    public void A_set_of_rules_has_no_rarity_of_its_own()
        => Assert.Throws<ArgumentException>(() => Rarity.Of(RuleSet.R1 | RuleSet.R2));
}
