using LLMscope.Service.Observability;

namespace LLMscope.Service.Tests.Observability;

public class MetricsTextTests
{
    private static readonly MetricFamily[] Page =
    [
        new("llmscope_points", MetricKind.Counter, null, "Points plotted.", [new("_total", [], 3)]),
        new("llmscope_turn_seconds", MetricKind.Histogram, "seconds", "Time of a turn.",
        [
            new("_bucket", [new("le", MetricsText.Bound(0.0005))], 1),
            new("_bucket", [new("le", MetricsText.Bound(10))], 2),
            new("_bucket", [new("le", MetricsText.Bound(double.PositiveInfinity))], 3),
            new("_sum", [], 12.25),
            new("_count", [], 3),
        ]),
        new("llmscope_chart_value", MetricKind.Gauge, null, "", [new("", [new("chart", "1"), new("model", "")], -0.5)]),
    ];

    [Fact]
    public void The_text_format_of_Prometheus()
    {
        var text = MetricsText.Write(Page, MetricsFormat.Prometheus);

        Assert.Equal(
            """
            # TYPE llmscope_points_total counter
            # HELP llmscope_points_total Points plotted.
            llmscope_points_total 3
            # TYPE llmscope_turn_seconds histogram
            # HELP llmscope_turn_seconds Time of a turn.
            llmscope_turn_seconds_bucket{le="0.0005"} 1
            llmscope_turn_seconds_bucket{le="10.0"} 2
            llmscope_turn_seconds_bucket{le="+Inf"} 3
            llmscope_turn_seconds_sum 12.25
            llmscope_turn_seconds_count 3
            # TYPE llmscope_chart_value gauge
            llmscope_chart_value{chart="1",model=""} -0.5

            """, text);
    }

    [Fact]
    public void OpenMetrics_names_the_family_and_its_unit_and_says_where_it_ends()
    {
        var text = MetricsText.Write(Page, MetricsFormat.OpenMetrics);

        Assert.Equal(
            """
            # TYPE llmscope_points counter
            # HELP llmscope_points Points plotted.
            llmscope_points_total 3
            # TYPE llmscope_turn_seconds histogram
            # UNIT llmscope_turn_seconds seconds
            # HELP llmscope_turn_seconds Time of a turn.
            llmscope_turn_seconds_bucket{le="0.0005"} 1
            llmscope_turn_seconds_bucket{le="10.0"} 2
            llmscope_turn_seconds_bucket{le="+Inf"} 3
            llmscope_turn_seconds_sum 12.25
            llmscope_turn_seconds_count 3
            # TYPE llmscope_chart_value gauge
            llmscope_chart_value{chart="1",model=""} -0.5
            # EOF

            """, text);
    }

    [Fact]
    public void What_a_caller_named_cannot_break_out_of_its_label()
    {
        var text = MetricsText.Write(
            [new("m", MetricKind.Gauge, null, "A \\ and a\nline.", [new("", [new("model", "a\"} 1\nevil 2\\")], 1)])], MetricsFormat.Prometheus);

        Assert.Equal("# TYPE m gauge\n# HELP m A \\\\ and a\\nline.\nm{model=\"a\\\"} 1\\nevil 2\\\\\"} 1\n", text);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(300000, "300000")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    public void A_number_keeps_every_digit(double value, string expected) => Assert.Equal(expected, MetricsText.Number(value));
}
