using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.Attributes;

public class CountBaselineTests
{
    [Fact]
    public void An_np_chart_is_a_p_chart_times_its_units()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            Gen.Choose(1, 2_000).ToArbitrary(), Gen.Choose(0, 1_000).ToArbitrary(), (units, events) =>
            {
                var proportion = new ProportionBaseline { Units = 1_000, Events = events, Subgroups = 25, Dispersion = 2 };
                var counts = new UnitCountBaseline { Units = units, Proportion = proportion };
                foreach (var limits in Enum.GetValues<AttributeLimits>())
                {
                    Assert.True(counts.For(limits).AreOrdered);
                    foreach (var k in (double[])[-3, -1.5, 0, 2, 3.7])
                        Assert.Equal(units * proportion.Line(k, units, limits), counts.Line(k, limits), tolerance: 1e-9);
                }
            }));

    [Fact]
    public void A_c_chart_is_a_u_chart_of_one_unit()
    {
        var counts = CountBaseline.Estimate([3, 5, 4, 8, 0], out _)!;
        var rates = RateBaseline.Estimate(new[] { 3, 5, 4, 8, 0 }.Select(count => new RateSubgroup(1, count)), out _)!;

        Assert.Equal(4, counts.Mean);
        Assert.Equal(rates.For(1), counts.For());
        Assert.Equal(rates.Line(3.5, 1), counts.Line(3.5));
    }

    [Fact]
    public void Exact_lines_lie_half_way_between_two_counts()
    {
        var limits = CountBaseline.Estimate(Enumerable.Repeat(12, 40), out _)!.For();

        foreach (var line in (double[])[limits.Lower3, limits.Lower2, limits.Lower1, limits.Upper1, limits.Upper2, limits.Upper3])
            Assert.Equal(0.5, line - Math.Floor(line));
    }

    [Fact]
    public void Subgroups_of_different_size_have_no_np_chart()
    {
        Assert.Null(UnitCountBaseline.Estimate([new(10, 1), new(11, 1)], out var problem));
        Assert.Equal(AttributeProblem.UnequalUnits, problem);

        Assert.NotNull(UnitCountBaseline.Estimate([new(10, 1), new(0, 0), new(10, 3)], out problem));
        Assert.Equal(AttributeProblem.None, problem);
    }

    [Fact]
    public void Impossible_counts_are_named()
    {
        Assert.Null(CountBaseline.Estimate([1, -1], out var problem));
        Assert.Equal(AttributeProblem.ImpossibleCount, problem);
        Assert.Null(CountBaseline.Estimate([], out problem));
        Assert.Equal(AttributeProblem.NoUnits, problem);
        Assert.Null(UnitCountBaseline.Estimate([new(10, 11)], out problem));
        Assert.Equal(AttributeProblem.ImpossibleCount, problem);
    }

    [Theory]
    [InlineData(AttributeLimits.Exact)]
    [InlineData(AttributeLimits.ThreeSigma)]
    public void In_control_counts_lie_outside_as_often_as_the_exact_tails_say(AttributeLimits limits)
    {
        const int Points = 200_000;
        var random = new Random(42);
        var counts = new CountBaseline { Rate = new RateBaseline { Exposure = 1e9, Events = 2_000_000_000, Subgroups = 1_000 } }.For(limits);
        var units = new UnitCountBaseline { Units = 50, Proportion = new ProportionBaseline { Units = 1_000_000_000, Events = 100_000_000, Subgroups = 1_000 } }.For(limits);

        var countsOutside = PoissonLimits.Above(2, (int)Math.Floor(counts.Upper3)) + PoissonLimits.Below(2, (int)Math.Ceiling(counts.Lower3));
        var unitsOutside = BinomialLimits.Above(50, 0.1, (int)Math.Floor(units.Upper3)) + BinomialLimits.Below(50, 0.1, (int)Math.Ceiling(units.Lower3));

        Assert.Equal(limits == AttributeLimits.Exact, countsOutside <= 0.0027 && unitsOutside <= 0.0027);
        FalseAlarms.Are(countsOutside, Points, () => FalseAlarms.IsBeyond(counts, Poisson.Sample(random, 2)));
        FalseAlarms.Are(unitsOutside, Points, () => FalseAlarms.IsBeyond(units, Binomial.Sample(random, 0.1, 50)));
    }

    [Fact]
    public void In_nine_baselines_of_ten_the_false_alarms_above_stay_within_the_promise()
    {
        const int Baselines = 4_000;
        const double Mean = 3;
        var random = new Random(43);
        var kept = 0;
        for (var i = 0; i < Baselines; i++)
        {
            var baseline = CountBaseline.Estimate(Enumerable.Range(0, 25).Select(_ => Poisson.Sample(random, Mean)), out _)!;
            if (PoissonLimits.Above(Mean, (int)Math.Floor(baseline.For().Upper3)) <= 0.00135)
                kept++;
        }

        // At least nine in ten, four standard errors aside: lines between counts keep it in more.
        Assert.True(kept >= Baselines * (0.9 - (4 * Math.Sqrt(0.09 / Baselines))), $"{kept} of {Baselines}");
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(20.01)]
    [InlineData(51.3)]
    [InlineData(400)]
    public void The_suitable_rules_signal_at_most_a_quarter_more_often_than_on_normal_values(double mean)
    {
        var random = new Random(41);
        var baseline = new CountBaseline { Rate = new RateBaseline { Exposure = 1e9, Events = (long)(mean * 1e9), Subgroups = 1_000 } };

        Assert.False(baseline.SuitableRules.HasFlag(RuleSet.R7));
        Assert.Equal(mean >= 50, baseline.SuitableRules.HasFlag(RuleSet.R2));
        FalseAlarms.AreFewByRule(new NelsonRules(baseline.For(), baseline.SuitableRules), 400_000, () => Poisson.Sample(random, mean));
    }
}
