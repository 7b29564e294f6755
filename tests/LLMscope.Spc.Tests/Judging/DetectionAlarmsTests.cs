using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Tests.Judging;

public class DetectionAlarmsTests
{
    [Theory]
    [InlineData(300)]
    [InlineData(5_000)]
    public void A_budget_announces_what_was_asked_for(int count)
    {
        var model = Model(count);

        var band = DetectionAlarms.Expected(Budget(model, points: 1_440), model, points: 14_400);

        // Each half is met to the rounding of targets, 2 %, and of baseline sizes.
        Assert.InRange(band.Expected, 9.3, 10.5);
        Assert.True(band.Low < band.Expected && band.Expected < band.High);
    }

    [Fact]
    public void A_large_baseline_leaves_less_unknown()
    {
        var (small, large) = (Model(300), Model(5_000));

        var wide = DetectionAlarms.Expected(Budget(small, 1_440), small, 14_400);
        var narrow = DetectionAlarms.Expected(Budget(large, 1_440), large, 14_400);

        Assert.True(wide.High / wide.Low > 2 * (narrow.High / narrow.Low));
    }

    [Fact]
    public void Only_what_alerts_is_announced()
    {
        var model = Model(1_000);
        var recorded = new Detection { Alerting = RuleSet.R1, Diagnosing = RuleSet.R2 | RuleSet.R3 };

        Assert.Equal(
            ExpectedFalseAlarms.OfQuantiles(1, RuleSet.R1, 1_000), DetectionAlarms.Expected(recorded, model, 1));
        Assert.Equal(default, DetectionAlarms.Expected(new Detection { Alerting = RuleSet.None, Diagnosing = RuleSet.All }, model, 1_000));
    }

    [Fact]
    public void A_straight_chart_is_announced_as_one_of_sigma()
    {
        var model = ProcessModel.Classic(Transform.None, 10, 2, count: 500);

        Assert.Equal(
            ExpectedFalseAlarms.OfSigma(1, RuleSet.R1 | RuleSet.R2, 500),
            DetectionAlarms.Expected(new Detection { Alerting = RuleSet.R1 | RuleSet.R2 }, model, 1));
    }

    [Fact]
    public void Sums_and_averages_come_near_their_run_lengths_in_a_huge_baseline()
    {
        var model = Model(1_000_000);
        var (cusum, ewma) = (new CusumParameters(0.5, 5), new EwmaParameters(0.1, 2.7));
        var detection = new Detection { Alerting = RuleSet.Cusum | RuleSet.Ewma, Cusum = cusum, Ewma = ewma };

        var band = DetectionAlarms.Expected(detection, model, 1);

        var known = (1 / CusumRunLength.Mean(cusum)) + (1 / EwmaRunLength.Mean(ewma));
        Assert.Equal(1, band.Expected / known, tolerance: 0.01);
    }

    [Fact]
    public void A_forecast_that_follows_the_level_leaves_no_error_of_the_centre()
    {
        var fixedCentre = Model(200);
        var followed = fixedCentre with { Forecast = new EwmaForecast(0.2, 0, 3) };
        var detection = new Detection { Alerting = RuleSet.Cusum, Cusum = new CusumParameters(0.5, 7) };

        Assert.True(DetectionAlarms.Expected(detection, followed, 1).Expected < 0.8 * DetectionAlarms.Expected(detection, fixedCentre, 1).Expected);
    }

    private static Detection Budget(ProcessModel model, double points)
        => DetectionDesign.For(FalseAlarmBudget.Of(1, BudgetPeriod.Hour), TimeSpan.FromHours(1 / points), model, RuleSets.Every);

    private static ProcessModel Model(int count) => ProcessModel.Classic(Transform.None, 0, 1, count) with { Curve = new ScoreCurve([-1, 1], [-1, 1]) };
}
