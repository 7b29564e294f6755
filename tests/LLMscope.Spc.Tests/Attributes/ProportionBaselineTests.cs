using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Attributes;

public class ProportionBaselineTests
{
    [Fact]
    public void The_centre_line_is_the_pooled_proportion()
    {
        var baseline = ProportionBaseline.Estimate([new(100, 1), new(300, 9), new(0, 0)]);

        Assert.NotNull(baseline);
        Assert.Equal(0.025, baseline.Proportion, precision: 15);
        Assert.Equal((400, 10, 2), (baseline.Units, baseline.Events, baseline.Subgroups));
    }

    [Fact]
    public void No_units_give_no_baseline()
        => Assert.Null(ProportionBaseline.Estimate([new(0, 0)]));

    [Fact]
    public void The_bounds_are_those_of_Clopper_and_Pearson()
    {
        var baseline = Of(units: 500, events: 5);

        // By definition: so few, or so many, events have a probability of one in ten at the bound.
        Assert.Equal(0.1, BinomialLimits.Below(500, baseline.UpperBound, 6), precision: 9);
        Assert.Equal(0.1, BinomialLimits.Above(500, baseline.LowerBound, 4), precision: 9);
    }

    [Fact]
    public void A_baseline_without_errors_still_has_an_upper_limit()
    {
        var baseline = Of(units: 500, events: 0);

        Assert.Equal(1 - Math.Pow(0.1, 1 / 500.0), baseline.UpperBound, precision: 12);
        Assert.False(IsSignal(baseline, new(20, 1)));
        Assert.False(IsSignal(baseline, new(20, 2)));
        Assert.True(IsSignal(baseline, new(20, 3)));
    }

    [Fact]
    public void A_small_subgroup_may_lie_outside_only_when_that_is_improbable()
    {
        var baseline = Of(units: 1_000_000, events: 2_000);

        // Three standard deviations would alarm at one error in a single call.
        Assert.False(IsSignal(baseline, new(1, 1)));
        Assert.False(IsSignal(baseline, new(1_000, 7)));
        Assert.True(IsSignal(baseline, new(1_000, 9)));
    }

    [Fact]
    public void Only_an_improbably_low_proportion_falls_below()
    {
        var baseline = Of(units: 100_000, events: 50_000);

        Assert.False(IsSignal(baseline, new(9, 0)));
        Assert.True(IsSignal(baseline, new(20, 1)));
    }

    [Fact]
    public void More_errors_never_narrow_the_upper_limit_and_more_units_never_widen_it()
    {
        var byEvents = Enumerable.Range(0, 200).Select(events => Of(1_000, events).For(100).Upper3).ToArray();
        var bySize = Enumerable.Range(1, 50).Select(size => Of(1_000 * size, 10 * size).For(100).Upper3).ToArray();

        Assert.Equal(byEvents.Order(), byEvents);
        Assert.Equal(bySize.OrderDescending(), bySize);
        Assert.True(bySize[^1] < bySize[0]);
    }

    [Fact]
    public void The_lines_are_in_order_for_every_size_and_proportion()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            Gen.Choose(1, 2_000).ToArbitrary(), Gen.Choose(0, 1_000).ToArbitrary(), (units, events) => Of(1_000, events).For(units).AreOrdered));

    [Fact]
    public void A_process_with_one_probability_is_not_overdispersed_and_a_mixture_is()
    {
        var random = new Random(7);
        var steady = ProportionBaseline.Estimate(Enumerable.Range(0, 200).Select(_ => Draw(0.05)))!;
        var mixed = ProportionBaseline.Estimate(Enumerable.Range(0, 200).Select(_ => Draw(random.Next(2) == 0 ? 0.02 : 0.08)))!;

        Assert.Equal(1, steady.Dispersion, tolerance: 0.15);
        Assert.False(steady.IsOverdispersed);
        Assert.True(mixed.Dispersion > 2);
        Assert.True(mixed.IsOverdispersed);

        ProportionSubgroup Draw(double probability) => new(1_000, MathNet.Numerics.Distributions.Binomial.Sample(random, probability, 1_000));
    }

    [Fact]
    public void Laneys_sigma_is_the_mean_moving_range_of_standardised_proportions()
    {
        var baseline = ProportionBaseline.Estimate([new(100, 10), new(0, 0), new(400, 60), new(100, 20)])!;

        // Pooled 0.15; standard errors 0.035707, 0.017854, 0.035707; z -1.40028, 0, 1.40028.
        Assert.Equal(1.40028 / 1.128379, baseline.Dispersion, tolerance: 1e-5);
    }

    [Fact]
    public void Without_an_event_nothing_tells_of_dispersion()
    {
        var baseline = ProportionBaseline.Estimate([new(100, 0), new(100, 0)])!;

        Assert.True(double.IsNaN(baseline.Dispersion));
        Assert.False(baseline.IsOverdispersed);
    }

    [Theory]
    [InlineData(25, 500, true)]
    [InlineData(24, 100_000, false)]
    [InlineData(1_000, 499, false)]
    public void Twenty_five_subgroups_and_five_hundred_units_are_enough(int subgroups, long units, bool enough)
        => Assert.Equal(enough, ProportionBaseline.IsEnough(subgroups, units));

    private static ProportionBaseline Of(long units, long events) => new() { Units = units, Events = events, Subgroups = 25 };

    private static bool IsSignal(ProportionBaseline baseline, ProportionSubgroup subgroup)
        => new NelsonRules(baseline.For(subgroup.Units), ProportionBaseline.SuitableRules).Judge(subgroup.Proportion).Any;
}
