using LLMscope.Spc.Individuals;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Individuals;

public class RoundedValuesTests
{
    [Fact]
    public void Limits_of_rounded_values_lie_half_way_between_representable_ones()
    {
        double[] milliseconds = [.. NormalSample.Of(200, seed: 4, mean: 0.120, sigma: 0.004).Select(value => Math.Round(value, 3))];

        var baseline = IndividualsBaseline.Estimate(milliseconds, Transform.None);

        Assert.Equal(0.001, baseline.Diagnostics.Resolution, precision: 9);
        Assert.True(baseline.Warnings.HasFlag(BaselineWarnings.Rounded));
        Assert.False(baseline.Warnings.HasFlag(BaselineWarnings.TooCoarse));
        Assert.All(Enumerable.Range(-3, 7).Select(baseline.Limits.Line), line => Assert.Equal(0.5, line * 1_000 % 1, precision: 6));
        Assert.True(baseline.Limits.AreOrdered);
    }

    [Fact]
    public void No_value_lies_on_the_centre_line_and_the_halves_are_as_equal_as_they_can_be()
    {
        double[] values = [1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 1, 2];

        var baseline = IndividualsBaseline.Estimate(values, Transform.None);

        Assert.Equal(2.5, baseline.Limits.Centre, precision: 12);
    }

    [Fact]
    public void Coarse_values_lose_the_rules_that_ties_break()
    {
        double[] seconds = [.. NormalSample.Of(100, seed: 6, mean: 20).Select(value => Math.Round(value))];

        var baseline = IndividualsBaseline.Estimate(seconds, Transform.None);

        Assert.True(baseline.Warnings.HasFlag(BaselineWarnings.TooCoarse));
        Assert.Equal(RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6 | RuleSet.R8, baseline.SuitableRules);
    }

    [Fact]
    public void Under_the_logarithm_the_grid_is_that_of_the_data()
    {
        double[] values = [.. NormalSample.Of(100, seed: 9, mean: 3, sigma: 0.3).Select(value => Math.Round(Math.Exp(value)))];

        var limits = IndividualsBaseline.Estimate(values, Transform.Log).Limits;

        Assert.All(Enumerable.Range(-3, 7).Select(limits.Line), line => Assert.Equal(0.5, line % 1, precision: 9));
    }

    [Fact]
    public void Values_without_a_grid_keep_their_limits_to_the_last_digit()
    {
        var baseline = IndividualsBaseline.Estimate(NormalSample.Of(100, seed: 10), Transform.None);

        Assert.Equal(0, baseline.Diagnostics.Resolution);
        Assert.Equal(ZoneLimits.Symmetric(baseline.Centre, baseline.Sigma), baseline.Limits);
    }

    [Fact]
    public void A_centre_line_between_the_values_keeps_runs_at_their_nominal_rate()
    {
        // The median of rounded values is one of them; ties with it would break every second run and halve the rate of 39 in 10,000.
        double[] fit = [.. NormalSample.Of(20_000, seed: 12, mean: 0.24).Select(value => Math.Round(value * 2) / 2)];
        double[] judged = [.. NormalSample.Of(200_000, seed: 13, mean: 0.25).Select(value => Math.Round(value * 2) / 2)];
        var limits = IndividualsBaseline.Estimate(fit, Transform.None).Limits;

        Assert.InRange(PerTenThousand(limits), 34, 44);
        Assert.InRange(PerTenThousand(limits with { Centre = 0 }), 10, 25);

        double PerTenThousand(ZoneLimits zones)
        {
            var rules = new NelsonRules(zones, RuleSet.R2);
            return judged.Count(value => rules.Judge(value).Any) / 20.0;
        }
    }
}
