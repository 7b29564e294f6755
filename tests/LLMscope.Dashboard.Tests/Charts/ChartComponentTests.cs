using LLMscope.Dashboard.Charts;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Rules;

namespace LLMscope.Dashboard.Tests.Charts;

public class ChartComponentTests
{
    private static readonly TimeWindow Window = new(TestBoard.Start, TestBoard.Start.AddHours(1), "1h");

    [Fact]
    public async Task The_facts_tell_the_baseline_with_its_version_count_and_limits()
    {
        var chart = new TestBoard().Add(TestViolations.Model, Characteristic.Duration, [.. Independent(100), 1]);

        var facts = await ShowFactsAsync(chart);

        Assert.Contains("Baseline 1", facts);
        Assert.Contains($"Provisional limits from {chart.Baseline!.Estimate.Count} points", facts);
        Assert.Contains("nothing: all points are held against the same lines", facts);
        Assert.All(chart.Baseline.Estimate.Remarks, remark => Assert.Contains(remark, facts));
        Assert.Contains(Quantity.Text(chart.Baseline.Estimate.Zones!.Value.Upper3, "s"), facts);
        Assert.Contains("logarithmic scale", facts);
        Assert.Contains("title=\"1 point beyond 3 sigma\"", facts);
        Assert.Contains("None so far.", facts);
    }

    [Fact]
    public async Task Limits_around_a_forecast_are_told_as_each_points_own()
    {
        var chart = new TestBoard().Add(TestViolations.Model, Characteristic.Duration, [.. TestBoard.Good, 1]);

        var facts = await ShowFactsAsync(chart);

        Assert.Contains("each point has its own", facts);
        Assert.Contains("an autoregression on the last", facts);
    }

    [Fact]
    public async Task A_proposed_baseline_is_told_with_its_reason_and_can_be_accepted_or_dismissed()
    {
        var chart = new TestBoard().Add(TestViolations.Model, Characteristic.Duration, [.. TestBoard.Good, 1]) with
        {
            Proposal = new RebaselineProposal(90, TestBoard.Start, "The process has been at another level for 12 points.", TestBoard.Start),
        };

        var banner = await Screen.ShowAsync<ProposalBanner>(new() { ["Chart"] = chart });
        var none = await Screen.ShowAsync<ProposalBanner>(new() { ["Chart"] = chart with { Proposal = null } });

        Assert.Contains("another level for 12 points. Its points since point 90 would be the baseline.", banner);
        Assert.Contains(">Accept<", banner);
        Assert.Contains(">Dismiss<", banner);
        Assert.DoesNotContain("Accept", none);
    }

    [Fact]
    public async Task The_detection_is_told_with_its_numbers_and_its_false_alarms()
    {
        var chart = new TestBoard().Add(TestViolations.Model, Characteristic.Duration, [.. Independent(100), 1]);

        var told = await Screen.ShowAsync<DetectionFacts>(new() { ["Chart"] = chart, ["FalseAlarms"] = new LLMscope.Spc.RunLengths.FalseAlarmBand(0.2, 0.98, 3.4) });

        Assert.Contains("0.980 a week, 0.200 to 3.40 in nine baselines of ten", told);
        Assert.Contains("normal: one false alarm a week", told);
        Assert.Contains(RuleText.Title(RuleSet.R1, chart.Detection!.Parameters), told);
        Assert.Contains("Recorded as a hint at the cause", told);
    }

    private static IEnumerable<double> Independent(int points)
    {
        var random = new Random(3);
        return Enumerable.Range(0, points).Select(_ => 1 + (0.2 * random.NextDouble()));
    }

    [Fact]
    public async Task A_chart_without_limits_says_how_far_its_baseline_is()
    {
        var facts = await ShowFactsAsync(new TestBoard().Add(TestViolations.Model, Characteristic.Duration, 1, 2, 3));

        Assert.Contains("3 of 100", facts);
        Assert.Contains("<progress max=\"100\" value=\"3\"", facts);
    }

    [Fact]
    public async Task The_host_is_recorded_and_not_judged()
    {
        var facts = await ShowFactsAsync(new TestBoard().Add(new Source(Host: "gpu-1"), "cpu_utilization", 0.5));

        Assert.Contains("record, without limits", facts);
        Assert.Contains("nothing is judged", facts);
    }

    [Fact]
    public async Task The_figure_has_a_sentence_a_table_and_a_way_to_stop_what_moves()
    {
        var board = new TestBoard();
        var chart = board.Add(TestViolations.Model, Characteristic.Duration, [.. TestBoard.Good, 9]);

        var figure = await Screen.ShowAsync<ControlChart>(new() { ["Chart"] = chart, ["Window"] = Window, ["Points"] = new PointWindow(board.Points, 101) });

        Assert.Contains("Duration of gpt-4o · openai, 2026-01-01 00:00:00 UTC to 2026-01-01 01:00:00 UTC, 101 points between", figure);
        Assert.Contains("1 point with a signal", figure);
        Assert.Contains("data-pause", figure);
        Assert.Contains("<th scope=\"col\">Rules</th>", figure);
        Assert.Contains("R1 up</abbr>", figure);
        Assert.Contains("baseline, not judged", figure);
    }

    [Fact]
    public async Task The_moving_range_of_a_logarithmic_chart_reads_as_a_factor()
    {
        var board = new TestBoard();
        board.Add(TestViolations.Model, Characteristic.Duration, 1, 2);

        var table = await Screen.ShowAsync<PointTable>(new() { ["Points"] = board.Points, ["Unit"] = "s", ["Transform"] = LLMscope.Spc.Transform.Log });

        Assert.Contains("×2.00", table);
    }

    [Fact]
    public async Task A_thinned_window_says_so()
    {
        var details = await Screen.ShowAsync<PointDetails>(new() { ["Points"] = new PointWindow([], 12_345), ["Unit"] = "s" });

        Assert.Contains("The window has 12,345 points", details);
    }

    [Theory]
    [InlineData("noData", "neither in control nor out of it")]
    [InlineData("recording", "no limits, and no judgement")]
    [InlineData("empty", "No sample")]
    public async Task A_state_that_needs_words_has_them(string key, string words)
    {
        var chart = new TestBoard().Add(TestViolations.Model, Characteristic.Duration);

        Assert.Contains(words, await Screen.ShowAsync<StateNote>(new() { ["Chart"] = chart, ["Key"] = key }));
    }

    [Fact]
    public void Points_inside_a_page_cannot_end_their_element()
    {
        var annotation = new Annotation(Guid.Empty, TestBoard.Start, Annotation.Comment, "</script><b>", null, null, false, TestBoard.Start);

        var json = PointJson.Of([], null, [annotation]);

        Assert.DoesNotContain("<", json);
        Assert.Contains("\"annotations\":[{", json);
    }

    private static Task<string> ShowFactsAsync(ChartSummary chart) =>
        Screen.ShowAsync<ChartFacts>(new() { ["Chart"] = chart, ["Violations"] = Array.Empty<Violation>() });
}
