using LLMscope.Monitoring.Samples;
using LLMscope.Service.Otlp;
using static LLMscope.Service.Tests.GenAi.Metrics;

namespace LLMscope.Service.Tests.GenAi;

public class MetricMapperTests
{
    private const string Duration = "gen_ai.client.operation.duration";
    private const OtlpTemporality Delta = OtlpTemporality.Delta;
    private const OtlpTemporality Cumulative = OtlpTemporality.Cumulative;

    private readonly Metrics _metrics = new();

    [Fact]
    public void A_delta_yields_its_exact_mean_its_estimated_quantiles_and_the_share_of_errors() =>
        Assert.Equal(
            ["duration_mean=1.2 n=4", "duration_p50=1 n=1", "duration_p95=1.9 n=1", "error_share=0 n=4"],
            _metrics.Map(Histogram(Duration, Delta, Point(0, 60, [2, 2, 0], sum: 4.8))));

    [Fact]
    public void A_source_is_read_from_a_data_point_as_from_a_span()
    {
        var interval = _metrics.Intervals(Histogram(Duration, Delta, Point(0, 60, [1, 0, 0], 0.5, ("gen_ai.response.model", "gpt-4o-1"))))[0];

        Assert.Equal(new Source("berlin", "openai", "gpt-4o", "gpt-4o-1", "chat", "shop"), interval.Source);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_795_000_060), interval.Time);
    }

    [Fact]
    public void A_cumulative_stream_yields_what_it_gained_since_its_last_point()
    {
        Assert.Empty(_metrics.Map(Histogram(Duration, Cumulative, Point(-100, 60, [5, 5, 5], sum: 30))));
        Assert.Equal(
            ["duration_mean=1.5 n=2", "duration_p50=1.5 n=1", "duration_p95=1.95 n=1", "error_share=0 n=2"],
            _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 120, [5, 7, 5], sum: 33))));
    }

    [Fact]
    public void A_stream_that_began_while_it_was_watched_counts_from_its_start() =>
        Assert.Equal("duration_mean=0.5 n=3", _metrics.Map(Histogram(Duration, Cumulative, Point(1, 60, [3, 0, 0], 1.5)))[0]);

    [Fact]
    public void Of_a_stream_without_a_start_the_first_point_is_only_a_reference()
    {
        Assert.Empty(_metrics.Map(Histogram(Duration, Cumulative, Point(0, 60, [3, 0, 0], 1.5) with { StartNanos = 0 })));
        Assert.Empty(_metrics.Map(Histogram(Duration, Cumulative, Point(60, 60, [3, 0, 0], 1.5, ("server.port", 1)))));
        Assert.Equal("duration_mean=0.6 n=1", _metrics.Map(Histogram(Duration, Cumulative, Point(0, 120, [4, 0, 0], 2.1) with { StartNanos = 0 }))[0]);
    }

    [Fact]
    public void A_new_start_is_a_new_stream_that_counts_from_there()
    {
        _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 60, [50, 0, 0], 25)));

        Assert.Equal("duration_mean=0.8 n=60", _metrics.Map(Histogram(Duration, Cumulative, Point(70, 120, [60, 0, 0], 48)))[0]);
    }

    [Fact]
    public void A_count_that_falls_began_again_at_zero()
    {
        _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 60, [50, 0, 0], 25)));

        Assert.Equal("duration_mean=0.4 n=2", _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 120, [2, 0, 0], 0.8)))[0]);
    }

    [Fact]
    public void A_start_within_what_was_counted_already_is_only_a_reference()
    {
        _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 60, [5, 0, 0], 25)));

        Assert.Empty(_metrics.Map(Histogram(Duration, Cumulative, Point(30, 120, [9, 0, 0], 48))));
        Assert.Equal("duration_mean=2 n=1", _metrics.Map(Histogram(Duration, Cumulative, Point(30, 180, [9, 1, 0], 50)))[0]);
    }

    [Fact]
    public void A_point_that_comes_again_yields_the_same_again_and_an_older_one_nothing()
    {
        _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 60, [1, 0, 0], 1)));
        var next = Histogram(Duration, Cumulative, Point(-100, 120, [2, 0, 0], 1.5));

        Assert.Equal(_metrics.Map(next), _metrics.Map(next));
        Assert.Empty(_metrics.Map(Histogram(Duration, Cumulative, Point(-100, 90, [1, 0, 0], 1))));
    }

    [Fact]
    public void A_stream_that_gained_nothing_yields_nothing()
    {
        _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 60, [1, 0, 0], 1)));

        Assert.Empty(_metrics.Map(Histogram(Duration, Cumulative, Point(-100, 120, [1, 0, 0], 1))));
    }

    [Fact]
    public void A_point_without_a_recorded_value_changes_nothing()
    {
        _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 60, [1, 0, 0], 1)));
        Assert.Empty(_metrics.Map(Histogram(Duration, Cumulative, Point(-100, 90, [], null) with { HasNoRecordedValue = true })));

        Assert.Equal("duration_mean=0.5 n=1", _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 120, [2, 0, 0], 1.5)))[0]);
    }

    [Fact]
    public void Without_a_sum_there_is_no_mean() =>
        Assert.Equal(["duration_p50=0.5 n=1", "duration_p95=0.95 n=1", "error_share=0 n=2"], _metrics.Map(Histogram(Duration, Delta, Point(0, 60, [2, 0, 0], sum: null))));

    [Fact]
    public void Without_buckets_there_are_no_quantiles() =>
        Assert.Equal(["duration_mean=0.5 n=2", "error_share=0 n=2"], _metrics.Map(Histogram(Duration, Delta, Point(0, 60, [], 1) with { Count = 2, Bounds = [] })));

    [Fact]
    public void Failed_calls_count_for_the_share_and_not_for_the_duration() =>
        Assert.Equal(
            ["duration_mean=1 n=6", "duration_p50=0.5 n=1", "duration_p95=0.95 n=1", "error_share=0.25 n=8"],
            _metrics.Map(Histogram(
                Duration, Delta, Point(0, 60, [6, 0, 0], 6, ("gen_ai.response.model", "gpt-4o-1")), Point(0, 60, [2, 0, 0], 0.1, ("error.type", "RateLimitError")))));

    [Fact]
    public void Streams_that_a_source_does_not_tell_apart_are_one() =>
        Assert.Equal(
            ["duration_mean=1 n=4", "duration_p50=1 n=1", "duration_p95=1.9 n=1", "error_share=0 n=4"],
            _metrics.Map(Histogram(Duration, Delta, Point(0, 60, [2, 0, 0], 1, ("server.port", 1)), Point(0, 60, [0, 2, 0], 3, ("server.port", 2)))));

    [Fact]
    public void The_order_of_attributes_makes_no_other_stream()
    {
        _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 60, [1, 0, 0], 1, ("a", 1), ("b", "x"))));

        Assert.Equal("duration_mean=0.5 n=1", _metrics.Map(Histogram(Duration, Cumulative, Point(-100, 120, [2, 0, 0], 1.5, ("b", "x"), ("a", 1))))[0]);
    }

    [Fact]
    public void Milliseconds_become_seconds() =>
        Assert.Equal(
            "time_to_first_token_mean=0.25 n=2",
            _metrics.Map(Histogram("gen_ai.client.response.time_to_first_token", Delta, Point(0, 60, [0, 0, 2], 500)) with { Unit = "ms" })[0]);

    [Fact]
    public void Of_an_exponential_histogram_quantiles_are_geometric()
    {
        // Scale 0: (1, 2], (2, 4], (4, 8] with one value in each. The middle of the ranks is the middle of (2, 4], by its logarithm.
        var point = Point(0, 60, [], sum: 9) with { Count = 3, Bounds = [], Scale = 0, Positive = new OtlpBuckets(0, [1, 1, 1]) };

        Assert.Equal(
            ["duration_mean=3 n=3", $"duration_p50={Math.Round(2 * Math.Sqrt(2), 3)} n=1", $"duration_p95={Math.Round(4 * Math.Pow(2, 0.85), 3)} n=1", "error_share=0 n=3"],
            _metrics.Map(Histogram(Duration, Delta, point) with { Kind = OtlpMetricKind.ExponentialHistogram }));
    }

    [Fact]
    public void An_exponential_histogram_may_become_coarser_between_two_points()
    {
        // (1, 1.41], (1.41, 2], (2, 2.83], (2.83, 4], then (1, 2], (2, 4], (4, 8].
        var finer = Point(-100, 60, [], sum: 9) with { Count = 4, Bounds = [], Scale = 1, Positive = new OtlpBuckets(0, [1, 1, 1, 1]) };
        var coarser = finer with { TimeNanos = At(120), Count = 7, Sum = 18, Scale = 0, Positive = new OtlpBuckets(0, [2, 2, 3]) };

        Assert.Empty(_metrics.Map(Exponential(finer)));
        Assert.Equal(["duration_mean=3 n=3", $"duration_p50={Math.Round(4 * Math.Sqrt(2), 3)} n=1"], _metrics.Map(Exponential(coarser))[..2]);

        static OtlpMetric Exponential(OtlpDataPoint point) => Histogram(Duration, Cumulative, point) with { Kind = OtlpMetricKind.ExponentialHistogram };
    }

    [Fact]
    public void Tokens_are_told_apart_by_their_kind_and_yield_a_rate() =>
        Assert.Equal(
            ["input_tokens_mean=300 n=2", "input_tokens_per_second=10 n=1", "output_tokens_mean=30 n=2", "output_tokens_per_second=1 n=1"],
            _metrics.Map(Histogram(
                "gen_ai.client.token.usage", Delta,
                Point(0, 60, [0, 0, 2], 600, ("gen_ai.token.type", "input")), Point(0, 60, [0, 0, 2], 60, ("gen_ai.token.type", "completion")),
                Point(0, 60, [0, 0, 2], 660, ("gen_ai.token.type", "total")))));

    [Fact]
    public void A_counter_of_tokens_yields_the_rate_of_its_interval()
    {
        Assert.Empty(_metrics.Map(Counter("gen_ai.client.inference.usage.output_tokens", 60, 1_000)));
        Assert.Equal(["output_tokens_per_second=5 n=1"], _metrics.Map(Counter("gen_ai.client.inference.usage.output_tokens", 120, 1_300)));
        Assert.Empty(_metrics.Map(Counter("gen_ai.client.inference.usage.output_tokens", 180, 1_300)));
    }

    [Fact]
    public void A_counter_of_exceptions_yields_their_number_also_when_it_is_none()
    {
        _metrics.Map(Counter("llm.openai.chat_completions.exceptions", 60, 7));

        Assert.Equal(["exceptions=2 n=1"], _metrics.Map(Counter("llm.openai.chat_completions.exceptions", 120, 9)));
        Assert.Equal(["exceptions=0 n=1"], _metrics.Map(Counter("llm.openai.chat_completions.exceptions", 180, 9)));
    }

    [Theory]
    [InlineData("gen_ai.client.operation.duration", "duration_mean")]
    [InlineData("gen_ai.client.inference.duration", "duration_mean")]
    [InlineData("gen_ai.server.request.duration", "duration_mean")]
    [InlineData("gen_ai.client.operation.time_to_first_chunk", "time_to_first_token_mean")]
    [InlineData("gen_ai.server.time_to_first_token", "time_to_first_token_mean")]
    [InlineData("gen_ai.openai.chat_completions.streaming_time_to_first_token", "time_to_first_token_mean")]
    [InlineData("llm.openai.chat_completions.streaming_time_to_first_token", "time_to_first_token_mean")]
    [InlineData("gen_ai.server.time_per_output_token", "time_per_output_token_mean")]
    [InlineData("gen_ai.client.inference.time_per_output_chunk", "time_per_output_chunk_mean")]
    [InlineData("llm.chat_completions.streaming_time_to_generate", "time_to_generate_mean")]
    public void A_time_has_one_name_in_all_generations(string metric, string characteristic) =>
        Assert.Equal(characteristic, _metrics.Intervals(Histogram(metric, Delta, Point(0, 60, [1, 0, 0], 0.5)))[0].Characteristic.Name);

    [Theory]
    [InlineData("gen_ai.invoke_agent.duration", "chat")]
    [InlineData("http.client.request.duration", "chat")]
    [InlineData("my.streaming_time_to_first_token", "chat")]
    [InlineData("gen_ai.client.operation.duration", "invoke_agent")]
    [InlineData("gen_ai.client.operation.duration", "execute_tool")]
    public void Metrics_of_something_else_are_of_no_interest(string metric, string operation) =>
        Assert.Empty(_metrics.Intervals(Histogram(metric, Delta, Point(0, 60, [1, 0, 0], 0.5) with
        {
            Attributes = Spans.Attributes([("gen_ai.operation.name", operation), ("gen_ai.request.model", "m")]),
        })));

    [Fact]
    public void What_is_wrong_with_a_data_point_is_said()
    {
        var right = Point(0, 60, [1, 0, 0], 0.5);

        Assert.Equal(
            [
                "a data point has no time", "a data point ends before it starts", "the sum of a data point is negative or not a number",
                "a data point has 2 buckets and 2 bounds between them", "a data point names neither a model nor a provider",
            ],
            _metrics.Faults(Histogram(
                Duration, Delta, right with { TimeNanos = 0 }, right with { StartNanos = At(61) }, right with { Sum = double.NaN }, right with { BucketCounts = [1, 0] },
                right with { Attributes = OtlpAttributes.Empty })));
        Assert.Equal(["says neither that it is cumulative nor that it is a delta"], _metrics.Faults(Histogram(Duration, OtlpTemporality.Unspecified, right)));
        Assert.Equal(["'By' does not measure duration, which comes in s"], _metrics.Faults(Histogram(Duration, Delta, right) with { Unit = "By" }));
    }

    private static OtlpMetric Counter(string name, double end, double value) =>
        new(name, "{token}", OtlpMetricKind.Sum, Cumulative, IsMonotonic: true, [Point(-100, end, [], null) with { Value = value, Bounds = [] }]);
}
