using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.RareEvents;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.RareEvents;

public class UnitsBetweenBaselineTests
{
    [Fact]
    public void The_probability_is_that_of_events_among_all_units()
    {
        var baseline = UnitsBetweenBaseline.Estimate([10, 0, 20, 6], out _)!;

        Assert.Equal(9, baseline.Mean);
        Assert.Equal(4.0 / 40, baseline.Probability, precision: 15); // four events in 36 units without and 4 with it
    }

    [Fact]
    public void Textbook_limits_lie_three_standard_deviations_from_the_mean()
    {
        var limits = new UnitsBetweenBaseline { Mean = 9, Gaps = 30 }.For(GapLimits.ThreeSigma);

        Assert.Equal(9, limits.Centre);
        Assert.Equal(9 + (3 * Math.Sqrt(90)), limits.Upper3, precision: 12);
        Assert.Equal(0, limits.Lower3);
    }

    [Fact]
    public void Textbook_limits_signal_falsely_once_in_55_points_and_never_below()
    {
        var baseline = new UnitsBetweenBaseline { Mean = 100_000, Gaps = 30 };

        var above = GeometricLimits.Above(baseline.Probability, Math.Floor(baseline.Line(3, GapLimits.ThreeSigma)));

        Assert.Equal(Math.Exp(-4), above, tolerance: 1e-6);
        Assert.Equal(54.6, 1 / above, tolerance: 0.05);
    }

    [Fact]
    public void Lines_of_any_width_are_in_order()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(1, 200_000).ToArbitrary(), Gen.Choose(1, 45).ToArbitrary(), (mean, tenths) =>
        {
            var baseline = new UnitsBetweenBaseline { Mean = mean / 10.0, Gaps = 30 };
            var k = tenths / 10.0;
            foreach (var limits in Enum.GetValues<GapLimits>())
            {
                Assert.True(baseline.For(limits).AreOrdered);
                Assert.True(baseline.Line(-k - 0.5, limits) <= baseline.Line(-k, limits) && baseline.Line(k, limits) <= baseline.Line(k + 0.5, limits));
            }
        }));

    [Theory]
    [InlineData(2.3)]
    [InlineData(5.1)]
    [InlineData(101)]
    [InlineData(2_000)]
    public void The_suitable_rules_signal_at_most_a_quarter_more_often_than_on_normal_values(double mean)
    {
        var random = new Random(51);
        var baseline = new UnitsBetweenBaseline { Mean = mean, Gaps = 1_000 };

        Assert.Equal((mean >= 5, mean >= 100), (baseline.SuitableRules.HasFlag(RuleSet.R2), baseline.SuitableRules.HasFlag(RuleSet.R7)));
        FalseAlarms.AreFewByRule(
            new NelsonRules(baseline.For(), baseline.SuitableRules), 400_000, () => Math.Floor(Math.Log(1 - random.NextDouble()) / Math.Log(1 - baseline.Probability)));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(5_000)]
    public void In_control_gaps_lie_outside_as_often_as_they_must(double mean)
    {
        var random = new Random(52);
        var baseline = new UnitsBetweenBaseline { Mean = mean, Gaps = 1_000 };
        var limits = baseline.For();
        var probability = GeometricLimits.Above(baseline.Probability, Math.Floor(limits.Upper3)) + GeometricLimits.Below(baseline.Probability, Math.Ceiling(limits.Lower3));

        Assert.True(probability <= 0.0027);
        FalseAlarms.Are(probability, 400_000, () => FalseAlarms.IsBeyond(limits, Math.Floor(Math.Log(1 - random.NextDouble()) / Math.Log(1 - baseline.Probability))));
    }

    [Fact]
    public void Nine_short_gaps_in_a_row_signal_downwards_where_one_cannot()
    {
        var baseline = new UnitsBetweenBaseline { Mean = 200, Gaps = 100 };
        var rules = new NelsonRules(baseline.For(), baseline.SuitableRules);

        var signals = Enumerable.Range(0, 9).Select(i => rules.Judge(40 + (i % 2 == 0 ? i : -i))).ToArray();

        Assert.False(signals[0].Any);
        Assert.Equal(Direction.Down, signals[8].DirectionOf(RuleSet.R2));
    }

    [Fact]
    public void What_gives_no_limits_is_named()
    {
        Assert.Equal(RareEventProblem.TooFewGaps, Problem(5));
        Assert.Equal(RareEventProblem.ImpossibleGap, Problem(5, -1));
        Assert.Equal(RareEventProblem.NoVariation, Problem(0, 0, 0));
        Assert.Equal(RareEventProblem.None, Problem(0, 1));
        Assert.Equal((false, true), (UnitsBetweenBaseline.IsEnough(24), UnitsBetweenBaseline.IsEnough(25)));
    }

    private static RareEventProblem Problem(params long[] gaps)
    {
        var baseline = UnitsBetweenBaseline.Estimate(gaps, out var problem);
        Assert.Equal(problem == RareEventProblem.None, baseline is not null);
        return problem;
    }
}
