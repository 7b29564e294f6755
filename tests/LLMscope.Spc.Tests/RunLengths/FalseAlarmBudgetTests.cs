using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class FalseAlarmBudgetTests
{
    private const RuleSet Four = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    [Fact]
    public void The_budgets_are_points_between_alarms_at_the_pace_of_the_chart()
    {
        Assert.Equal(43_200, FalseAlarmBudget.Quiet.PointsBetweenAlarms(intervalSeconds: 60));
        Assert.Equal(10_080, FalseAlarmBudget.Normal.PointsBetweenAlarms(intervalSeconds: 60));
        Assert.Equal(1_440, FalseAlarmBudget.Sensitive.PointsBetweenAlarms(intervalSeconds: 60));
        Assert.Equal(120_960, FalseAlarmBudget.Normal.PointsBetweenAlarms(intervalSeconds: 5));
        Assert.Equal(450, FalseAlarmBudget.Of(8, BudgetPeriod.Hour).PointsBetweenAlarms(intervalSeconds: 1));
        Assert.Null(FalseAlarmBudget.Classic.PointsBetweenAlarms(intervalSeconds: 60));
    }

    [Fact]
    public void A_budget_sets_the_numbers_of_the_rules()
    {
        var weekly = FalseAlarmBudget.Normal.Calibrate(Four, intervalSeconds: 60);

        Assert.Equal((4.1838, 16), (Math.Round(weekly.Parameters.K1, 4), weekly.Parameters.N2));
        Assert.Equal(1, ExpectedFalseAlarms.Among(10_080, Four, weekly.Parameters), tolerance: 1e-9);
    }

    [Fact]
    public void The_classic_budget_is_Nelson_as_printed()
    {
        var classic = FalseAlarmBudget.Classic.Calibrate(RuleSet.All, intervalSeconds: 60);

        Assert.Equal(RuleParameters.Default, classic.Parameters);
        Assert.Equal(73.48, classic.Mean, tolerance: 0.005);
    }

    [Fact]
    public void Equal_budgets_are_equal()
        => Assert.Equal(FalseAlarmBudget.Normal, FalseAlarmBudget.Of(1, BudgetPeriod.Week));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_budget_that_is_no_number_is_refused(double alarms)
        => Assert.Throws<ArgumentOutOfRangeException>(() => FalseAlarmBudget.Of(alarms, BudgetPeriod.Day));

    [Fact]
    public void A_chart_too_slow_for_its_budget_is_refused()
        => Assert.Contains("20", Assert.Throws<ArgumentOutOfRangeException>(() => FalseAlarmBudget.Sensitive.Calibrate(Four, intervalSeconds: 7_200)).Message);
}
