using LLMscope.Spc.Individuals;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.RunLengths;

public class ExpectedFalseAlarmsTests
{
    private const RuleSet Four = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    [Fact]
    public void All_rules_at_one_point_a_minute_raise_137_false_alarms_a_week()
        => Assert.Equal(137.18, ExpectedFalseAlarms.Among(points: 7 * 24 * 60, RuleSet.All), tolerance: 0.01);

    [Fact]
    public void No_rules_raise_none()
    {
        Assert.Equal(0, ExpectedFalseAlarms.Among(10_080, RuleSet.None));
        Assert.Equal(default, ExpectedFalseAlarms.OfQuantiles(10_080, RuleSet.None, baseline: 100));
        Assert.Equal(default, ExpectedFalseAlarms.OfSigma(10_080, RuleSet.None, baseline: 100));
    }

    // The table has quantiles over 1,000 baselines. Their standard error is about 7 % of the logarithm's spread, which is largest for R1 alone;
    // the band allows for three of them. Its own baselines are 256, or 64 where trend and alternation are among the rules.
    [Theory]
    [InlineData(100, 0.15)]
    [InlineData(300, 0.10)]
    [InlineData(1_000, 0.06)]
    [InlineData(5_000, 0.04)]
    public void Estimated_limits_widen_the_band_as_simulation_does(int baseline, double tolerance)
    {
        var rows = TestTables.Rows("estimated-limits-arl0.csv")
            .Where(row => row["estimator"] == "mean_MRbar" && int.Parse(row["baseline_m"]) == baseline).ToArray();

        Assert.Equal(3, rows.Length);
        Assert.All(rows, row =>
        {
            var rules = row["rules"] switch { "R1" => RuleSet.R1, "R1-4" => RuleSet.R1 | RuleSet.R2 | RuleSet.R3 | RuleSet.R4, _ => RuleSet.All };
            var band = ExpectedFalseAlarms.OfSigma(points: 10_000, rules, baseline, estimator: BaselineEstimator.MovingRange);

            Assert.Equal(1, band.High * TestTables.Number(row["p05"]) / 10_000, tolerance);
            Assert.Equal(1, band.Low * TestTables.Number(row["p95"]) / 10_000, tolerance);
            Assert.Equal(1, band.Expected / TestTables.Number(row["mean_false_signal_rate_per_10k(1e4*E[1/ARL])"]), tolerance / 2);
        });
    }

    // For R1 alone the share of points beyond the lines is beta distributed, and the false alarms are proportional to it.
    [Theory]
    [InlineData(300)]
    [InlineData(1_000)]
    [InlineData(2_000)]
    public void Lines_at_quantiles_of_a_baseline_have_the_band_of_a_beta_distribution(int baseline)
    {
        var outside = 2 * Normal.CDF(0, 1, -3);
        var (inside, beyond) = ((baseline + 1) * (1 - outside), (baseline + 1) * outside);

        var band = ExpectedFalseAlarms.OfQuantiles(points: 10_000, RuleSet.R1, baseline);

        Assert.Equal(1, band.Expected / (10_000 * outside), tolerance: 0.03);
        Assert.Equal(1, band.High / (10_000 * Beta.InvCDF(beyond, inside, 0.95)), tolerance: 0.05);
        Assert.Equal(1, band.Low / (10_000 * Beta.InvCDF(beyond, inside, 0.05)), tolerance: 0.1);
    }

    [Theory]
    [InlineData(RuleSet.R1)]
    [InlineData(Four)]
    [InlineData(RuleSet.R7)]
    public void A_larger_baseline_narrows_the_band_around_what_known_lines_raise(RuleSet rules)
    {
        var known = ExpectedFalseAlarms.Among(10_000, rules);
        var width = double.PositiveInfinity;
        foreach (var baseline in new[] { 300, 1_000, 10_000, 1_000_000 })
        {
            var band = ExpectedFalseAlarms.OfQuantiles(10_000, rules, baseline);

            Assert.True(band.Low < known && known < band.High && band.Low < band.Expected && band.Expected < band.High);
            Assert.True(band.High - band.Low < width);
            width = band.High - band.Low;
        }

        Assert.True(width < 0.1 * known);
    }

    [Fact]
    public void The_same_question_has_the_same_answer()
        => Assert.Equal(ExpectedFalseAlarms.OfQuantiles(10_000, Four, 250), ExpectedFalseAlarms.OfQuantiles(10_000, Four, 250));

    [Fact]
    public void Seven_values_are_no_baseline()
        => Assert.Throws<ArgumentOutOfRangeException>(() => ExpectedFalseAlarms.OfQuantiles(10_000, Four, baseline: 7));
}
