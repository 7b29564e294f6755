using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Attributes;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.Attributes;

public class PoissonLimitsTests
{
    [Fact]
    public void Tails_equal_the_sum_of_their_terms()
        => Holds(mean =>
        {
            var terms = Enumerable.Range(0, 200).Select(events => Poisson.PMF(mean, events)).ToArray();
            for (var events = 0; events < 60; events++)
            {
                Assert.Equal(terms.Skip(events + 1).Sum(), PoissonLimits.Above(mean, events), tolerance: 1e-12);
                Assert.Equal(terms.Take(events).Sum(), PoissonLimits.Below(mean, events), tolerance: 1e-12);
            }
        });

    [Fact]
    public void No_line_lets_more_through_than_its_tail_nor_could_be_one_count_nearer()
        => Holds(mean =>
        {
            foreach (var k in (double[])[0.1, 1, 2, 3, 4.5])
            {
                var tail = Normal.CDF(0, 1, -k);
                var upper = (int)Math.Floor(PoissonLimits.Upper(mean, k));
                var lower = (int)Math.Ceiling(PoissonLimits.Lower(mean, k));

                Assert.True(PoissonLimits.Above(mean, upper) <= tail);
                Assert.True(upper == 0 || PoissonLimits.Above(mean, upper - 1) > tail);
                Assert.True(PoissonLimits.Below(mean, lower) <= tail);
                Assert.True(PoissonLimits.Below(mean, lower + 1) > tail);
            }
        });

    [Fact]
    public void A_million_events_a_point_have_nearly_normal_lines()
    {
        Assert.Equal(1_003_000, PoissonLimits.Upper(1e6, 3), tolerance: 3);
        Assert.Equal(997_000, PoissonLimits.Lower(1e6, 3), tolerance: 3);
        Assert.Equal(1e9 + (3 * Math.Sqrt(1e9)), PoissonLimits.Upper(1e9, 3), tolerance: 10);
    }

    [Fact]
    public void Without_events_one_is_too_many()
    {
        Assert.Equal(0.5, PoissonLimits.Upper(0, 3));
        Assert.Equal(-0.5, PoissonLimits.Lower(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoissonLimits.Upper(-1, 3));
    }

    private static void Holds(Action<double> property)
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(1, 5_000).ToArbitrary(), hundredths => property(hundredths / 100.0)));
}
