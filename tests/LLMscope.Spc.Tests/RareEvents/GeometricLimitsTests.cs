using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.RareEvents;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.RareEvents;

public class GeometricLimitsTests
{
    [Fact]
    public void Tails_equal_the_sum_of_their_terms()
        => Holds(probability =>
        {
            double below = 0;
            for (var count = 0; count < 50; count++)
            {
                Assert.Equal(below, GeometricLimits.Below(probability, count), tolerance: 1e-12);
                below += probability * Math.Pow(1 - probability, count);
                Assert.Equal(1 - below, GeometricLimits.Above(probability, count), tolerance: 1e-12);
            }
        });

    [Fact]
    public void No_line_lets_more_through_than_its_tail_nor_could_be_one_count_nearer()
        => Holds(probability =>
        {
            foreach (var k in (double[])[0.3, 1, 2, 3, 4.5])
            {
                var tail = Normal.CDF(0, 1, -k);
                var upper = Math.Floor(GeometricLimits.Upper(probability, k));
                var lower = Math.Ceiling(GeometricLimits.Lower(probability, k));

                Assert.True(GeometricLimits.Above(probability, upper) <= tail);
                Assert.True(upper == 0 || GeometricLimits.Above(probability, upper - 1) > tail);
                Assert.True(GeometricLimits.Below(probability, lower) <= tail);
                Assert.True(GeometricLimits.Below(probability, lower + 1) > tail);
            }
        });

    [Fact]
    public void No_other_line_leaves_more_equal_halves_than_the_median()
        => Holds(probability =>
        {
            var median = Math.Floor(GeometricLimits.Median(probability));
            var distance = Math.Abs(GeometricLimits.Above(probability, median) - 0.5);

            Assert.True(distance <= Math.Abs(GeometricLimits.Above(probability, median + 1) - 0.5) + 1e-15);
            Assert.True(median == 0 || distance <= Math.Abs(GeometricLimits.Above(probability, median - 1) - 0.5) + 1e-15);
        });

    [Fact]
    public void Only_events_rarer_than_one_in_740_have_a_lower_control_limit()
    {
        // A gap of zero has the probability of the event itself, and 0.00135 is 1 / 740.8.
        Assert.True(GeometricLimits.Lower(1 / 740.0, 3) < 0);
        Assert.True(GeometricLimits.Lower(1 / 741.0, 3) > 0);
    }

    [Fact]
    public void An_event_in_every_unit_leaves_no_gap()
    {
        Assert.Equal(0.5, GeometricLimits.Upper(1, 3));
        Assert.Equal(0.5, GeometricLimits.Median(1));
        Assert.Equal(-0.5, GeometricLimits.Lower(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeometricLimits.Upper(0, 3));
    }

    private static void Holds(Action<double> property)
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(1, 9_999).ToArbitrary(), n => property(n % 2 == 0 ? n / 10_000.0 : 1.0 / n)));
}
