using LLMscope.Service.Observability;
using LLMscope.Tests;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Observability;

public class ChartMetricsTests
{
    private readonly ManualClock _clock = new();
    private readonly ShownCharts _charts;

    public ChartMetricsTests() => _charts = new ShownCharts(_clock.GetUtcNow());

    [Fact]
    public void A_chart_shows_its_value_its_limits_and_its_state()
    {
        _charts.Show(7, 1.5, (1, 2, 3));

        var lines = Lines();

        const string Labels = "chart=\"7\",characteristic=\"duration\",model=\"llama\",provider=\"ollama\"";
        Assert.Contains($"llmscope_chart_value{{{Labels}}} 1.5", lines);
        Assert.Contains($"llmscope_chart_lower_control_limit{{{Labels}}} 1", lines);
        Assert.Contains($"llmscope_chart_center_line{{{Labels}}} 2", lines);
        Assert.Contains($"llmscope_chart_upper_control_limit{{{Labels}}} 3", lines);
        Assert.Contains($"llmscope_chart_state{{{Labels},state=\"collecting_baseline\"}} 1", lines);
        Assert.Contains($"llmscope_chart_state{{{Labels},state=\"out_of_control\"}} 0", lines);
    }

    [Fact]
    public void A_chart_without_limits_has_no_series_of_limits()
    {
        _charts.Show(7);

        var lines = Lines();

        Assert.Contains(lines, line => line.StartsWith("llmscope_chart_value{", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("limit{", StringComparison.Ordinal) || line.Contains("center_line{", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chart_without_recent_data_says_so_and_repeats_no_old_value()
    {
        _charts.Show(7, 1.5, (1, 2, 3), age: TimeSpan.FromHours(1));

        var lines = Lines();

        Assert.DoesNotContain(lines, line => line.StartsWith("llmscope_chart_value{", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("state=\"no_data\"} 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chart_without_a_point_is_not_on_the_page()
    {
        _charts.Show(7, value: null);

        Assert.Equal(["llmscope_charts_not_exported 0"], Lines());
    }

    [Fact]
    public void Charts_that_judge_come_before_those_that_record_and_the_rest_is_counted()
    {
        _charts.Show(1, characteristic: "cpu_utilization");
        _charts.Show(2);
        _charts.Show(3);

        var lines = Lines(new MetricsOptions { LargestNumberOfCharts = 2 });

        Assert.Equal(["2", "3"], lines.Where(line => line.StartsWith("llmscope_chart_value", StringComparison.Ordinal)).Select(line => line.Split('"')[1]));
        Assert.Contains("llmscope_charts_not_exported 1", lines);
    }

    private List<string> Lines(MetricsOptions? options = null)
    {
        var families = new ChartMetrics(_charts.Board, Options.Create(options ?? new MetricsOptions()), _clock).Read();
        return [.. MetricsText.Write(families, MetricsFormat.Prometheus).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
