using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.Attributes;

public class RateBaselineTests
{
    [Fact]
    public void The_bounds_are_those_of_Garwood()
    {
        foreach (var events in (int[])[1, 5, 400, 1_000_000])
        {
            var baseline = Of(events, exposure: 250);

            // By definition: so few, or so many, events have a probability of one in ten at the bound.
            Assert.Equal(0.1, PoissonLimits.Below(250 * baseline.UpperBound, events + 1), precision: 8);
            Assert.Equal(0.1, PoissonLimits.Above(250 * baseline.LowerBound, events - 1), precision: 8);
        }
    }

    [Fact]
    public void A_baseline_without_events_still_has_an_upper_limit()
    {
        var baseline = Of(events: 0, exposure: 500);

        Assert.Equal(Math.Log(10) / 500, baseline.UpperBound, precision: 12);
        Assert.Equal(2.5 / 20, baseline.For(20).Upper3, precision: 12);
    }

    [Fact]
    public void A_large_binomial_subgroup_with_rare_events_has_nearly_the_lines_of_a_rate()
    {
        var proportion = new ProportionBaseline { Units = 100_000_000, Events = 10_000, Subgroups = 1_000 };
        var rate = new RateBaseline { Exposure = 100_000_000, Events = 10_000, Subgroups = 1_000 };

        foreach (var k in (double[])[-3, -2, -1, 0, 1, 2, 3, 3.72])
            Assert.Equal(proportion.Line(k, 100_000), rate.Line(k, 100_000), tolerance: 1.01e-5);
    }

    [Fact]
    public void Exposure_in_thousands_or_in_ones_makes_no_difference()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            Gen.Choose(0, 2_000).ToArbitrary(), Gen.Choose(1, 500).ToArbitrary(), (events, exposure) =>
            {
                var (ones, thousands) = (Of(events, 1_000), Of(events, 1));
                foreach (var limits in Enum.GetValues<AttributeLimits>())
                {
                    var (fine, coarse) = (ones.For(exposure, limits), thousands.For(exposure / 1_000.0, limits));
                    Assert.True(fine.AreOrdered);
                    foreach (var k in Enumerable.Range(-3, 7))
                        Assert.Equal(1_000 * fine.Line(k), coarse.Line(k), tolerance: 1e-9 * (1 + Math.Abs(coarse.Line(k))));
                }
            }));

    [Fact]
    public void In_control_rates_of_varying_exposure_lie_beyond_the_exact_lines_no_more_often_than_promised()
    {
        var random = new Random(21);
        const double Rate = 0.02;
        var baseline = new RateBaseline { Exposure = 1e9, Events = (long)(Rate * 1e9), Subgroups = 1_000_000 };
        foreach (var exposure in (double[])[30, 400, 2_500])
        {
            var limits = baseline.For(exposure);
            var (low, high) = ((int)Math.Ceiling(limits.Lower3 * exposure), (int)Math.Floor(limits.Upper3 * exposure));
            var probability = PoissonLimits.Below(Rate * exposure, low) + PoissonLimits.Above(Rate * exposure, high);

            Assert.True(probability <= 2 * 0.00135);
            FalseAlarms.Are(probability, 200_000, () => FalseAlarms.IsBeyond(limits, Poisson.Sample(random, Rate * exposure) / exposure));
        }
    }

    [Fact]
    public void Rules_with_other_widths_get_their_own_lines()
    {
        var baseline = Of(events: 4_000, exposure: 100);

        var lines = baseline.LinesFor(new RuleParameters { K1 = 3.72, K5 = 2.45 }, 1, AttributeLimits.ThreeSigma);

        Assert.Equal(40 + (3.72 * Math.Sqrt(40)), lines.Upper1, precision: 9);
        Assert.Equal(40 - (2.45 * Math.Sqrt(40)), lines.Lower5, precision: 9);
    }

    [Fact]
    public void What_gives_no_limits_is_named()
    {
        Assert.Equal(AttributeProblem.NoUnits, Problem(new RateSubgroup(0, 0)));
        Assert.Equal(AttributeProblem.ImpossibleCount, Problem(new RateSubgroup(1, -1)));
        Assert.Equal(AttributeProblem.ImpossibleCount, Problem(new RateSubgroup(0, 1)));
        Assert.Equal(AttributeProblem.ImpossibleCount, Problem(new RateSubgroup(double.NaN, 1)));
        Assert.Equal(AttributeProblem.None, Problem(new RateSubgroup(1, 3), new(0, 0)));
    }

    private static AttributeProblem Problem(params RateSubgroup[] subgroups)
    {
        var baseline = RateBaseline.Estimate(subgroups, out var problem);
        Assert.Equal(problem == AttributeProblem.None, baseline is not null);
        return problem;
    }

    private static RateBaseline Of(long events, double exposure) => new() { Events = events, Exposure = exposure, Subgroups = 25 };
}
