using LLMscope.Dashboard.Violations;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Rules;

namespace LLMscope.Dashboard.Tests.Violations;

public class ViolationComponentTests
{
    [Fact]
    public async Task A_rule_is_told_by_its_title_and_meaning()
    {
        var moment = await Screen.ShowAsync<ViolationMoment>(new() { ["Recorded"] = TestViolations.Of(rules: RuleSet.R2), ["Version"] = 3 });

        Assert.Contains(RuleText.Title(RuleSet.R2), moment);
        Assert.Contains(RuleText.Meaning(RuleSet.R2), moment);
        Assert.Contains("LCL 500 ms, CL 1.00 s, UCL 2.00 s; baseline 3", moment);
        Assert.Contains("not recorded", moment);
    }

    [Fact]
    public async Task An_open_violation_can_be_acknowledged_and_resolved()
    {
        var actions = await Screen.ShowAsync<ViolationActions>(new() { ["Violation"] = TestViolations.Of().Violation });

        Assert.Contains("/acknowledge\"", actions);
        Assert.Contains("/resolve\"", actions);
        Assert.Contains(">Resolve</button>", actions);
    }

    [Fact]
    public async Task The_cause_of_a_resolved_violation_can_still_be_recorded()
    {
        var actions = await Screen.ShowAsync<ViolationActions>(new() { ["Violation"] = TestViolations.Of(state: ViolationState.Resolved).Violation });

        Assert.DoesNotContain("/acknowledge\"", actions);
        Assert.Contains("Record the cause", actions);
    }

    [Fact]
    public async Task The_list_tells_how_long_it_lasted()
    {
        RecordedViolation[] violations = [TestViolations.Of(state: ViolationState.Resolved), TestViolations.Of()];

        var table = await Screen.ShowAsync<ViolationTable>(new() { ["Violations"] = violations, ["Now"] = new DateTimeOffset(TestBoard.Start.AddMinutes(90)) });

        Assert.Contains("4 min 10 s", table);
        Assert.Contains("since 1 h 30 min", table);
    }

    [Fact]
    public async Task Telemetry_that_is_missing_is_not_recorded_rather_than_zero()
    {
        var board = new TestBoard();
        var cpu = board.Add(new LLMscope.Monitoring.Samples.Source(Host: "gpu-1"), "cpu_utilization", 0.913);
        TelemetryReading[] readings = [new(cpu, board.Points[0])];

        var table = await Screen.ShowAsync<TelemetryTable>(new() { ["Readings"] = readings, ["Moment"] = TestBoard.Start.AddSeconds(30) });

        Assert.Contains("91.3 %", table);
        Assert.Contains("30 s before", table);
        Assert.Equal(3, table.Split("not recorded").Length - 1);
    }

    [Fact]
    public async Task The_points_around_it_are_in_the_page_and_the_first_signal_is_marked()
    {
        var board = new TestBoard();
        var chart = board.Add(TestViolations.Model, LLMscope.Monitoring.Samples.Characteristic.Duration, [.. TestBoard.Good, 9]);

        var figure = await Screen.ShowAsync<ViolationChart>(new()
        {
            ["Recorded"] = TestViolations.Of(),
            ["Points"] = board.Points.TakeLast(5).ToArray(),
            ["Annotations"] = Array.Empty<Annotation>(),
            ["Baseline"] = chart.Baseline,
        });

        Assert.Contains("\"signals\":[{\"rule\":\"R1\",\"direction\":\"up\"}]", figure);
        Assert.Contains("<tr class=\"signalled\" aria-current=\"true\"><th scope=\"row\">101", figure);
    }
}
