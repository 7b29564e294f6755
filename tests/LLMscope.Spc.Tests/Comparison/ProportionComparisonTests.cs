using LLMscope.Spc.Attributes;
using LLMscope.Spc.Comparison;

namespace LLMscope.Spc.Tests.Comparison;

public class ProportionComparisonTests
{
    [Fact]
    public void The_lady_tasting_tea_could_have_guessed()
    {
        // Fisher (1935): three of four cups right; the two-sided p is printed in R's fisher.test documentation as 0.4857.
        var test = ProportionComparison.Compare(new(4, 1), new(4, 3));

        Assert.True(test.IsExact);
        Assert.Equal(0.4857, test.P, precision: 4);
    }

    [Fact]
    public void Convictions_of_twins_differ_as_in_the_R_documentation()
        => Assert.Equal(0.0005367, ProportionComparison.Compare(new(17, 2), new(13, 10)).P, precision: 7);

    // Newcombe (1998), Table II, method 10.
    [Theory]
    [InlineData(70, 56, 80, 48, 0.0524, 0.3339)]
    [InlineData(10, 9, 10, 3, 0.1705, 0.8090)]
    [InlineData(7, 6, 7, 2, 0.0582, 0.8062)]
    [InlineData(56, 5, 29, 0, -0.0381, 0.1926)]
    [InlineData(10, 10, 20, 0, 0.6791, 1.0000)]
    public void Intervals_of_the_difference_are_those_of_Newcombe(int units, int events, int otherUnits, int otherEvents, double lower, double upper)
    {
        var difference = ProportionComparison.Compare(new(otherUnits, otherEvents), new(units, events)).Difference;

        Assert.Equal(lower, difference.Lower, precision: 4);
        Assert.Equal(upper, difference.Upper, precision: 4);
    }

    [Fact]
    public void Aspirin_lowers_the_risk_as_in_the_Physicians_Health_Study()
    {
        // Agresti, An Introduction to Categorical Data Analysis, 2nd ed., section 2.2: 1.82, 95 % interval 1.43 to 2.31.
        var risk = ProportionComparison.Compare(new(11_037, 104), new(11_034, 189)).RelativeRisk;

        Assert.Equal(1.82, risk.Value, precision: 2);
        Assert.Equal(1.43, risk.Lower, precision: 2);
        Assert.Equal(2.31, risk.Upper, precision: 2);
    }

    [Fact]
    public void Large_counts_take_the_chi_square_that_the_exact_test_approaches()
    {
        var test = ProportionComparison.Compare(new(2_000, 400), new(2_000, 440));

        Assert.False(test.IsExact);
        Assert.Equal(FisherExact.TwoSided(new(2_000, 400), new(2_000, 440)), test.P, tolerance: 0.01);
    }

    [Fact]
    public void Swapping_the_sides_mirrors_the_difference_and_inverts_the_risk()
    {
        foreach (var (before, after) in Tables())
        {
            var (there, back) = (ProportionComparison.Compare(before, after), ProportionComparison.Compare(after, before));

            Assert.Equal(there.P, back.P, precision: 9);
            Assert.Equal(there.Difference.Lower, -back.Difference.Upper, precision: 12);
            if (before.Events > 0)
                Assert.Equal(there.RelativeRisk.Lower, 1 / back.RelativeRisk.Upper, precision: 9);
        }
    }

    [Fact]
    public void The_exact_test_is_wrong_at_most_as_often_as_it_says()
    {
        // Every outcome of 15 and 25 units with a probability of 0.2, weighted: no simulation is needed.
        double false5 = 0, held = 0;
        for (var before = 0; before <= 15; before++)
        {
            for (var after = 0; after <= 25; after++)
            {
                var weight = MathNet.Numerics.Distributions.Binomial.PMF(0.2, 15, before) * MathNet.Numerics.Distributions.Binomial.PMF(0.2, 25, after);
                var test = ProportionComparison.Compare(new(15, before), new(25, after));
                false5 += test.P <= 0.05 ? weight : 0;
                held += test.Difference.Excludes(0) ? 0 : weight;
            }
        }

        Assert.InRange(false5, 0.005, 0.05);
        Assert.InRange(held, 0.94, 0.98);
    }

    [Fact]
    public void Sides_without_events_or_units_are_told_apart()
    {
        var first = ProportionComparison.Compare(new(100, 0), new(100, 6));
        var none = ProportionComparison.Compare(new(100, 0), new(100, 0));
        var empty = ProportionComparison.Compare(new(0, 0), new(100, 1));

        Assert.Equal(double.PositiveInfinity, first.RelativeRisk.Value);
        Assert.True(first.RelativeRisk.Lower > 0);
        Assert.Equal((1, 0), (none.P, none.Difference.Value));
        Assert.False(none.RelativeRisk.IsKnown);
        Assert.Equal((double.NaN, false), (empty.P, empty.Difference.IsKnown));
    }

    [Fact]
    public void Millions_of_calls_with_few_errors_stay_exact_and_quick()
        => Assert.Equal(0.0078125, ProportionComparison.Compare(new(1_000_000_000, 0), new(1_000_000_000, 8)).P, precision: 6);

    private static IEnumerable<(ProportionSubgroup Before, ProportionSubgroup After)> Tables()
        => from before in Enumerable.Range(0, 13) from after in Enumerable.Range(0, 9) select (new ProportionSubgroup(12, before), new ProportionSubgroup(8, after));
}
