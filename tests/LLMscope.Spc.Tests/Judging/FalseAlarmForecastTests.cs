using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.Judging;

public class FalseAlarmForecastTests
{
    private const double MinutesOfWeek = 10_080;

    private static readonly ProcessModel Model = ProcessModel.Classic(Transform.None, centre: 10, sigma: 1, count: 1_000);

    [Fact]
    public void Nelsons_rules_as_printed_raise_137_false_alarms_a_week_at_a_point_a_minute()
    {
        var band = FalseAlarmForecast.Among(MinutesOfWeek, Detection.Classic, Model);

        Assert.InRange(band.Expected, 137.2, 142); // 10,080 / 73.48 where the lines are known, a little more where they are estimated
        Assert.True(band.Low < band.Expected && band.Expected < band.High);
    }

    [Fact]
    public void Rules_that_only_diagnose_count_for_nothing()
    {
        var alerting = new Detection { Alerting = RuleSet.R1 };

        Assert.Equal(
            FalseAlarmForecast.Among(1_000, alerting, Model), FalseAlarmForecast.Among(1_000, alerting with { Diagnosing = RuleSet.R3 | RuleSet.R4 }, Model));
        Assert.Equal(default, FalseAlarmForecast.Among(1_000, new Detection { Alerting = RuleSet.None, Diagnosing = RuleSet.R1 }, Model));
    }

    [Fact]
    public void A_cumulative_sum_adds_its_own_false_alarms_and_those_that_a_small_baseline_makes()
    {
        var sum = new Detection { Alerting = RuleSet.Cusum, Cusum = new CusumParameters(0.5, 5) };

        var large = FalseAlarmForecast.Among(1_000, sum, Model with { Count = 100_000 }).Expected;
        var small = FalseAlarmForecast.Among(1_000, sum, Model with { Count = 100 }).Expected;

        Assert.Equal(1_000 / CusumRunLength.Mean(sum.Cusum!), large, 0.01);
        Assert.True(small > 1.2 * large);
    }

    [Fact]
    public void Points_in_proportion_make_false_alarms_in_proportion()
    {
        Assert.Equal(2 * FalseAlarmForecast.Among(500, Detection.Classic, Model).High, FalseAlarmForecast.Among(1_000, Detection.Classic, Model).High, 1e-12);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("classic")]
    [InlineData("2/day")]
    [InlineData("0.5/month")]
    public void A_budget_is_written_as_it_is_read(string text) => Assert.Equal(text, FalseAlarmBudgetText.Of(FalseAlarmBudgetText.Find(text)!));

    [Theory]
    [InlineData("")]
    [InlineData("loud")]
    [InlineData("2/year")]
    [InlineData("-1/day")]
    [InlineData("NaN/day")]
    [InlineData("1/day/2")]
    [InlineData("0.01/month")]
    public void What_is_no_budget_is_refused(string text) => Assert.Null(FalseAlarmBudgetText.Find(text));
}
