using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Tests.Judging;

public class DetectionDelayTests
{
    private static readonly ProcessModel Model = ProcessModel.Classic(Transform.None, centre: 10, sigma: 2, count: 1_000);

    private static readonly Detection Both = new() { Alerting = RuleSet.R1 | RuleSet.R2 | RuleSet.Cusum, Cusum = new CusumParameters(0.5, 5) };

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void On_a_classic_chart_it_is_the_average_run_length_of_the_shift(double sigmas)
    {
        var delay = DetectionDelay.Of(Model, Both, shift: 2 * sigmas);

        Assert.Equal(RunLength.Of(RuleSet.R1 | RuleSet.R2, shift: sigmas).Mean, delay.Rules!.Value, 1e-6);
        Assert.Equal(CusumRunLength.Mean(Both.Cusum!, sigmas), delay.Cusum!.Value, 0.01 * delay.Cusum.Value);
        Assert.False(delay.IsSimulated);
        Assert.Null(delay.Level);
    }

    [Fact]
    public void A_cumulative_sum_sees_a_small_shift_sooner_than_the_rules()
    {
        var delay = DetectionDelay.Of(Model, Both, shift: 1);

        Assert.True(delay.Cusum < delay.Rules);
        Assert.Equal(delay.Cusum, delay.First);
    }

    [Fact]
    public void A_forecast_that_takes_in_the_shift_delays_the_rules_and_leaves_it_to_the_level()
    {
        var forecasting = Model with { Forecast = new EwmaForecast(0.3, 10, 6), Curve = ScoreCurve.Straight(0, 2), Levels = new LevelRange(8, 12) };

        var delay = DetectionDelay.Of(forecasting, Both with { Alerting = Both.Alerting | RuleSet.Level }, shift: 3);

        Assert.True(delay.IsSimulated);
        Assert.True(delay.Rules > 3 * DetectionDelay.Of(Model, Both, shift: 3).Rules);
        Assert.Equal(20 + 3, delay.Level); // 3 (1 - 0.7^4) is the first beyond 2
        Assert.Equal(double.PositiveInfinity, DetectionDelay.Of(forecasting, Both with { Alerting = RuleSet.Level }, shift: 1).Level);
    }

    [Fact]
    public void A_simulation_of_a_forecast_that_follows_nothing_agrees_with_the_exact_answer()
    {
        var still = Model with { Forecast = new EwmaForecast(1e-9, 0, 100) };

        var (simulated, exact) = (DetectionDelay.Of(still, Both, shift: 2), DetectionDelay.Of(Model, Both, shift: 2));

        Assert.InRange(simulated.Rules!.Value / exact.Rules!.Value, 0.9, 1.1);
        Assert.InRange(simulated.Cusum!.Value / exact.Cusum!.Value, 0.9, 1.1);
    }
}
