using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Comparison;

namespace LLMscope.Spc.Tests.Comparison;

public class BenjaminiHochbergTests
{
    // Benjamini and Hochberg (1995), section 3.2: fifteen comparisons of two treatments of myocardial infarction.
    private static readonly double[] Thrombolysis =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];

    [Fact]
    public void The_example_of_the_paper_keeps_its_four_findings()
    {
        var adjusted = BenjaminiHochberg.Adjust(Thrombolysis);

        Assert.Equal(4, adjusted.Count(p => p <= 0.05));
        Assert.Equal(0.035625, adjusted[3], precision: 12); // 0.0095 x 15 / 4
        Assert.Equal(0.0603, adjusted[4], precision: 12);   // 0.0201 x 15 / 5
        Assert.Equal(adjusted[6], adjusted[5]);             // 0.0278 x 15 / 6 is above 0.0298 x 15 / 7
        Assert.Equal(1, adjusted[^1]);
    }

    [Fact]
    public void Adjusted_values_keep_the_order_and_are_never_smaller()
        => Prop.ForAll(Gen.Choose(0, 1_000).Select(p => p / 1_000.0).ArrayOf().ToArbitrary(), p =>
        {
            var adjusted = BenjaminiHochberg.Adjust(p);
            for (var i = 0; i < p.Length; i++)
            {
                Assert.InRange(adjusted[i], p[i], 1);
                for (var j = 0; j < p.Length; j++)
                    Assert.True(p[i] > p[j] || adjusted[i] <= adjusted[j]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void What_is_unknown_stays_so_and_is_not_counted()
        => Assert.Equal([0.02, double.NaN, 0.04], BenjaminiHochberg.Adjust([0.01, double.NaN, 0.04]));

    [Fact]
    public void One_comparison_needs_no_adjustment()
        => Assert.Equal([0.03], BenjaminiHochberg.Adjust([0.03]));
}
