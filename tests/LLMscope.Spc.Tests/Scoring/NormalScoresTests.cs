using LLMscope.Spc.Scoring;
using LLMscope.Spc.Tests.Individuals;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.Scoring;

public class NormalScoresTests
{
    /// <summary>Values at standard normal scores.</summary>
    public static TheoryData<string> Distributions => ["normal", "lognormal", "exponential", "uniform", "t3"];

    // The mean over baselines of the true probability beyond the line of a score must be what the score says: that is what a limit promises.
    [Theory]
    [MemberData(nameof(Distributions))]
    public void The_next_value_lies_beyond_a_quantile_as_often_as_it_says(string distribution)
    {
        const int Baselines = 300, Count = 200;
        var curves = Enumerable.Range(0, Baselines)
            .Select(seed => NormalScores.Estimate(Array.ConvertAll(NormalSample.Of(Count, seed), normal => At(distribution, normal))))
            .ToArray();

        foreach (var score in (ReadOnlySpan<double>)[-1, -0.5, 0, 0.5, 1])
        {
            var at = score;
            var shares = Array.ConvertAll(curves, curve => Normal.CDF(0, 1, ScoreOf(distribution, curve.Value(at))));
            var mean = shares.Average();
            var error = Math.Sqrt(shares.Average(share => (share - mean) * (share - mean)) / Baselines);
            Assert.Equal(Normal.CDF(0, 1, score), mean, tolerance: (4 * error) + 0.002); // Straight between knots, an eighth of a score apart.
        }
    }

    [Theory]
    [InlineData("normal", 0.1, 1.6)]
    [InlineData("lognormal", 0.2, 2.5)]
    [InlineData("exponential", 0.2, 1.6)]
    public void Three_sigma_lines_are_crossed_about_as_often_as_they_say(string distribution, double least, double most)
    {
        const int Baselines = 100, Count = 1_000;
        var shares = Enumerable.Range(0, Baselines).Average(baseline =>
        {
            var values = Array.ConvertAll(NormalSample.Of(Count, seed: baseline), normal => At(distribution, normal));
            var curve = NormalScores.Estimate(values);
            return Normal.CDF(0, 1, -ScoreOf(distribution, curve.Value(3)));
        });

        Assert.InRange(shares / Normal.CDF(0, 1, -3), least, most);
    }

    [Fact]
    public void Scores_do_not_depend_on_unit_and_origin()
    {
        var values = NormalSample.Of(500, seed: 3);
        var plain = NormalScores.Estimate(values);

        var moved = NormalScores.Estimate(Array.ConvertAll(values, value => 100 + (7 * value)));

        foreach (var value in values.Append(9))
            Assert.Equal(plain.Score(value), moved.Score(100 + (7 * value)), precision: 6);
    }

    [Fact]
    public void Mirrored_values_have_mirrored_scores()
    {
        var values = NormalSample.Of(401, seed: 4);
        var (plain, mirrored) = (NormalScores.Estimate(values), NormalScores.Estimate(Array.ConvertAll(values, value => -value)));

        foreach (var value in values)
            Assert.Equal(plain.Score(value), -mirrored.Score(-value), precision: 6);
    }

    [Fact]
    public void Many_equal_values_still_give_a_rising_curve()
    {
        var values = Array.ConvertAll(NormalSample.Of(300, seed: 5), value => Math.Round(value));

        var curve = NormalScores.Estimate(values);

        Assert.Equal(curve.Values.Order(), curve.Values);
        Assert.InRange(curve.Score(0), -0.5, 0.5);
        Assert.True(curve.Score(4) > 2.5);
    }

    [Fact]
    public void Too_few_values_and_values_that_are_all_the_same_are_refused()
    {
        Assert.Throws<ArgumentException>(() => NormalScores.Estimate(NormalSample.Of(NormalScores.FewestValues - 1, seed: 1)));
        Assert.Throws<ArgumentException>(() => NormalScores.Estimate(Enumerable.Repeat(2.0, 100).ToArray()));
    }

    private static double At(string distribution, double score) => distribution switch
    {
        "lognormal" => Math.Exp(score),
        "exponential" => -Math.Log(Normal.CDF(0, 1, -score)),
        "uniform" => Normal.CDF(0, 1, score),
        "t3" => StudentT.InvCDF(0, 1, 3, Normal.CDF(0, 1, score)),
        _ => score,
    };

    private static double ScoreOf(string distribution, double value) => distribution switch
    {
        "lognormal" => value > 0 ? Math.Log(value) : double.NegativeInfinity,
        "exponential" => value > 0 ? -Normal.InvCDF(0, 1, Math.Exp(-value)) : double.NegativeInfinity,
        "uniform" => Normal.InvCDF(0, 1, Math.Clamp(value, 0, 1)),
        "t3" => Normal.InvCDF(0, 1, StudentT.CDF(0, 1, 3, value)),
        _ => value,
    };
}
