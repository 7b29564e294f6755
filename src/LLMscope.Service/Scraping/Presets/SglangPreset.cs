using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>SGLang with <c>--enable-metrics</c>. Its gauge of the cache hit rate is of one batch only, so the rate is taken from the counters.</summary>
/// <remarks>SGLang documentation, "Production Metrics".</remarks>
internal static class SglangPreset
{
    private static readonly Metric Requests = Metric.Counter("sglang:num_requests");
    private static readonly Metric Prompted = Metric.Counter("sglang:prompt_tokens");

    public static Preset Preset { get; } = new(
        "sglang",
        "sglang",
        [new(SourcePart.Model, "{model_name}")],
        [
            .. LatencyRules.Of(new Metric("sglang:e2e_request_latency_seconds"), "duration"),
            .. LatencyRules.Of(new Metric("sglang:time_to_first_token_seconds"), "time_to_first_token"),
            .. LatencyRules.Of(new Metric("sglang:inter_token_latency_seconds", "sglang:time_per_output_token_seconds"), "time_per_output_token"),
            new RateRule(Prompted, Rule.Named("input_tokens_per_second", "{token}/s")),
            new RateRule(Metric.Counter("sglang:generation_tokens"), Rule.Named("output_tokens_per_second", "{token}/s")),
            new RateRule(Requests, Rule.Named("requests_per_second", "{request}/s")) { IsOptional = true },
            new EventShareRule(Metric.Counter("sglang:num_aborted_requests"), Requests, Rule.Named(Characteristic.ErrorShare)) { IsOptional = true },
            new GaugeRule(new Metric("sglang:num_running_reqs"), Rule.Named("requests_running", "{request}")),
            new GaugeRule(new Metric("sglang:num_queue_reqs"), Rule.Named("requests_waiting", "{request}")),
            new GaugeRule(new Metric("sglang:token_usage"), Rule.Named("kv_cache_utilization"), Together: Together.Mean),
            new QuotientRule(Metric.Counter("sglang:cached_tokens"), Prompted, Rule.Named("cache_hit_ratio"), CountsCalls: false) { IsOptional = true },
        ]);
}
