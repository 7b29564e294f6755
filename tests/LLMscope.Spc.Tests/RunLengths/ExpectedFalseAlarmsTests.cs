using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class ExpectedFalseAlarmsTests
{
    [Fact]
    public void All_rules_at_one_point_a_minute_raise_137_false_alarms_a_week()
        => Assert.Equal(137.18, ExpectedFalseAlarms.Among(points: 7 * 24 * 60, RuleSet.All), tolerance: 0.01);

    [Fact]
    public void No_rules_raise_none()
        => Assert.Equal(0, ExpectedFalseAlarms.Among(10_080, RuleSet.None));

    // Quantiles of the run length over 1,000 simulated baselines judged with mean and standard deviation, 5 % and 95 %.
    [Theory]
    [InlineData(RuleSet.R1, 50, 76.0, 2_033.5)]
    [InlineData(RuleSet.R1, 100, 117.0, 1_139.6)]
    [InlineData(RuleSet.R1, 1_000, 261.9, 522.5)]
    [InlineData(RuleSet.All, 50, 31.1, 89.4)]
    [InlineData(RuleSet.All, 100, 41.5, 88.4)]
    [InlineData(RuleSet.All, 1_000, 64.3, 80.4)]
    public void A_small_baseline_widens_the_band_as_simulation_does(RuleSet rules, int baseline, double shortest, double longest)
    {
        var band = ExpectedFalseAlarms.Band(points: 10_000, rules, baseline);

        Assert.Equal(1, band.High * shortest / 10_000, tolerance: 0.12);
        Assert.Equal(1, band.Low * longest / 10_000, tolerance: 0.12);
        Assert.Equal(ExpectedFalseAlarms.Among(10_000, rules), band.Expected, tolerance: 1e-9);
    }

    [Fact]
    public void Limits_that_are_too_wide_raise_the_alarms_of_hugging_the_centre_line()
    {
        var band = ExpectedFalseAlarms.Band(10_000, RuleSet.R7, baseline: 100);

        Assert.True(band.Low < band.Expected && band.Expected < band.High);
    }
}
