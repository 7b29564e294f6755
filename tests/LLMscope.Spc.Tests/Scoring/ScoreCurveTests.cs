using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Tests.Scoring;

public class ScoreCurveTests
{
    private static readonly ScoreCurve Bent = new([1, 2, 4, 9, 30], [-3, -1, 0, 1.5, 4]);

    [Fact]
    public void The_two_directions_are_each_others_inverse()
    {
        for (var score = -8.0; score <= 8; score += 0.03)
            Assert.Equal(score, Bent.Score(Bent.Value(score)), precision: 10);
        for (var value = -40.0; value <= 80; value += 0.7)
            Assert.Equal(value, Bent.Value(Bent.Score(value)), precision: 9);
    }

    [Fact]
    public void A_larger_value_has_a_larger_score()
    {
        var last = double.NegativeInfinity;
        for (var value = -20.0; value <= 60; value += 0.01)
        {
            Assert.True(Bent.Score(value) > last, $"At {value}.");
            last = Bent.Score(value);
        }
    }

    [Fact]
    public void Knots_are_met_exactly_and_the_ends_go_on_straight()
    {
        foreach (var (value, score) in Bent.Values.Zip(Bent.Scores))
            Assert.Equal((score, value), (Bent.Score(value), Bent.Value(score)));

        Assert.Equal(-3 - 2, Bent.Score(0), precision: 12);            // two scores a unit
        Assert.Equal(4 + (2.5 / 21 * 10), Bent.Score(40), precision: 12);
    }

    [Fact]
    public void A_straight_line_is_a_textbooks_centre_plus_k_sigma_to_the_last_bit()
        => Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat>().Filter(x => Math.Abs(x.Get) < 1e100),
            ArbMap.Default.ArbFor<NormalFloat>().Filter(x => x.Get is > 1e-100 and < 1e100),
            (centre, sigma) =>
                new[] { -3.0, -2, -1, 0, 1, 2, 3 }.All(k => ScoreCurve.Straight(centre.Get, sigma.Get).Value(k).Equals(centre.Get + (k * sigma.Get))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Knots_that_do_not_increase_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ScoreCurve([1, 1], [0, 1]));
        Assert.Throws<ArgumentException>(() => new ScoreCurve([1, 2], [0, 0]));
        Assert.Throws<ArgumentException>(() => new ScoreCurve([1, 2, 3], [0, 1]));
        Assert.Throws<ArgumentException>(() => new ScoreCurve([1], [0]));
        Assert.Throws<ArgumentException>(() => new ScoreCurve([1, double.NaN], [0, 1]));
        Assert.Throws<ArgumentException>(() => new ScoreCurve([1, double.PositiveInfinity], [0, 1]));
        Assert.Throws<ArgumentException>(() => new ScoreCurve([.. Enumerable.Range(0, 201).Select(i => (double)i)], [.. Enumerable.Range(0, 201).Select(i => (double)i)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_straight_line_needs_a_positive_sigma(double sigma)
        => Assert.Throws<ArgumentException>(() => ScoreCurve.Straight(0, sigma));

    [Fact]
    public void Not_a_number_stays_that() => Assert.True(double.IsNaN(Bent.Score(double.NaN)) && double.IsNaN(ScoreCurve.Straight(0, 1).Score(double.NaN)));
}
