using LLMscope.Monitoring.Charts;

namespace LLMscope.Monitoring.Tests.Charts;

public class ChartSummaryTests
{
    [Fact]
    public void A_chart_goes_from_empty_over_collecting_to_in_control_and_out_of_it()
    {
        var run = new ChartRun();
        Assert.Equal(ChartState.Empty, StateAt(run, ChartRun.Begin));

        run.Add(Values.LogNormal(99, seed: 41));
        Assert.Equal(ChartState.CollectingBaseline, StateNow(run));

        run.Add(Values.LogNormal(1, seed: 42));
        Assert.Equal(ChartState.InControl, StateNow(run));

        run.Add([1e6]);
        Assert.Equal(ChartState.OutOfControl, StateNow(run));
    }

    [Fact]
    public void No_data_is_a_state_of_its_own_never_in_control_and_never_out_of_it()
    {
        var run = new ChartRun().Add(Values.LogNormal(100, seed: 43)).Add([1e6]);
        var end = run.Summary.LatestSample!.Value + run.Summary.MaxGap;

        Assert.Equal(ChartState.OutOfControl, StateAt(run, end));
        Assert.Equal(ChartState.NoData, StateAt(run, end.AddTicks(10)));
    }

    [Fact]
    public void Without_a_baseline_a_chart_has_no_data_after_five_minutes()
    {
        var run = new ChartRun("gpu_power").Add(100, 0);

        Assert.Equal(ChartState.Recording, StateAt(run, ChartRun.Begin.AddMinutes(5)));
        Assert.Equal(ChartState.NoData, StateAt(run, ChartRun.Begin.AddMinutes(5.1)));
    }

    private static ChartState StateNow(ChartRun run) => StateAt(run, run.Points[^1].Time);

    private static ChartState StateAt(ChartRun run, DateTime time) => run.Summary.StateAt(new DateTimeOffset(time));
}
