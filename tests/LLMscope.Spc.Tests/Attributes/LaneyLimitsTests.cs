using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Tests.Individuals;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.Attributes;

public class LaneyLimitsTests
{
    [Fact]
    public void The_limits_are_as_many_times_wider_as_the_points_vary()
    {
        var baseline = new ProportionBaseline { Units = 100_000, Events = 10_000, Subgroups = 100, Dispersion = 2.5 };
        var rate = new RateBaseline { Exposure = 100_000, Events = 10_000, Subgroups = 100, Dispersion = 2.5 };

        Assert.Equal(0.1 + (3 * 2.5 * Math.Sqrt(0.1 * 0.9 / 400)), baseline.For(400, AttributeLimits.Laney).Upper3, precision: 12);
        Assert.Equal(0.1 - (2 * 2.5 * Math.Sqrt(0.1 / 4_000)), rate.For(4_000, AttributeLimits.Laney).Lower2, precision: 12);
    }

    [Fact]
    public void Within_chance_they_are_the_exact_limits()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            Gen.Choose(1, 1_000).ToArbitrary(), Gen.Choose(1, 999).ToArbitrary(), Gen.Choose(20, 120).ToArbitrary(), (units, events, percent) =>
            {
                // From 100 points, a sigma of z up to 1 + 2.576 x 0.0826 = 1.21 comes by chance.
                var proportion = new ProportionBaseline { Units = 1_000, Events = events, Subgroups = 100, Dispersion = percent / 100.0 };
                var rate = new RateBaseline { Exposure = 1_000, Events = events, Subgroups = 100, Dispersion = percent / 100.0 };

                Assert.Equal(proportion.For(units), proportion.For(units, AttributeLimits.Laney));
                Assert.Equal(rate.For(units), rate.For(units, AttributeLimits.Laney));
            }));

    [Fact]
    public void A_baseline_that_does_not_know_its_dispersion_has_the_exact_limits()
    {
        var baseline = new ProportionBaseline { Units = 1_000, Events = 100, Subgroups = 25 };

        Assert.Equal(baseline.For(100), baseline.For(100, AttributeLimits.Laney));
    }

    [Fact]
    public void A_hairs_breadth_of_dispersion_gives_the_limits_of_the_textbook_p_chart()
    {
        // So many points that a sigma of z of 1.00005 is beyond chance.
        var baseline = new ProportionBaseline { Units = 1_000_000, Events = 300_000, Subgroups = int.MaxValue, Dispersion = 1 + 1e-4 };

        Assert.True(baseline.IsOverdispersed);
        var (laney, textbook) = (baseline.For(500, AttributeLimits.Laney), baseline.For(500, AttributeLimits.ThreeSigma));
        Assert.Equal(textbook.Upper3, laney.Upper3, tolerance: 1e-4);
        Assert.Equal(textbook.Lower1, laney.Lower1, tolerance: 1e-4);
    }

    [Fact]
    public void Traffic_that_mixes_rates_signals_as_often_as_promised_and_with_exact_limits_much_more()
    {
        const double Exposure = 20_000;
        const int Points = 100_000;
        var random = new Random(31);
        var mix = NormalSample.Of(Points, seed: 32, mean: 0.2, sigma: 0.01);
        var subgroups = mix.Select(rate => new RateSubgroup(Exposure, Poisson.Sample(random, rate * Exposure))).ToArray();

        var baseline = RateBaseline.Estimate(subgroups, out _)!;

        // The variance between points is ten times that within, 0.2 / 20,000.
        Assert.Equal(Math.Sqrt(11), baseline.Dispersion, tolerance: 4 * Math.Sqrt(11) * 0.826 / Math.Sqrt(Points));
        var (laney, exact) = (baseline.For(Exposure, AttributeLimits.Laney), baseline.For(Exposure));
        var next = 0;
        FalseAlarms.Are(2 * Normal.CDF(0, 1, -3), Points, () => FalseAlarms.IsBeyond(laney, subgroups[next++].Rate));
        Assert.True(subgroups.Count(subgroup => FalseAlarms.IsBeyond(exact, subgroup.Rate)) > Points / 10);
    }

    [Fact]
    public void Events_in_bursts_show_as_dispersion_of_the_rate()
    {
        var random = new Random(33);
        var bursts = Enumerable.Range(0, 2_000).Select(_ => new RateSubgroup(10, 4 * Poisson.Sample(random, 30))).ToArray();

        var baseline = RateBaseline.Estimate(bursts, out _)!;

        // Four events each time: the variance is four times the mean.
        Assert.Equal(2, baseline.Dispersion, tolerance: 4 * 2 * 0.826 / Math.Sqrt(2_000));
        Assert.True(baseline.IsOverdispersed);
    }
}
