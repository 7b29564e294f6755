using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>vLLM, engine versions 0 and 1; each engine of a data-parallel server is a device.</summary>
/// <remarks>vLLM documentation, "Production metrics"; what was renamed since 0.6 has its old name behind the new one.</remarks>
internal static class VllmPreset
{
    private static readonly Metric Finished = Metric.Counter("vllm:request_success");

    public static Preset Preset { get; } = new(
        "vllm",
        "vllm",
        [new(SourcePart.Model, "{model_name}"), new(SourcePart.Device, "engine {engine}")],
        [
            .. LatencyRules.Of(new Metric("vllm:e2e_request_latency_seconds"), "duration"),
            .. LatencyRules.Of(new Metric("vllm:time_to_first_token_seconds"), "time_to_first_token"),
            .. LatencyRules.Of(new Metric("vllm:inter_token_latency_seconds", "vllm:time_per_output_token_seconds"), "time_per_output_token"),
            .. LatencyRules.Of(new Metric("vllm:request_queue_time_seconds"), "queue_time", isOptional: true),
            new MeanRule(new Metric("vllm:request_prompt_tokens"), Rule.Named("input_tokens_mean", "{token}")) { IsOptional = true },
            new MeanRule(new Metric("vllm:request_generation_tokens"), Rule.Named("output_tokens_mean", "{token}")) { IsOptional = true },
            new RateRule(Metric.Counter("vllm:prompt_tokens"), Rule.Named("input_tokens_per_second", "{token}/s")),
            new RateRule(Metric.Counter("vllm:generation_tokens"), Rule.Named("output_tokens_per_second", "{token}/s")),
            new RateRule(Finished, Rule.Named("requests_per_second", "{request}/s")),
            new EventShareRule(Finished.Where("finished_reason", "error"), Finished, Rule.Named(Characteristic.ErrorShare)),
            new QuotientRule(Finished.Where("finished_reason", "abort"), Finished, Rule.Named("abort_ratio")) { IsOptional = true },
            new GaugeRule(new Metric("vllm:num_requests_running"), Rule.Named("requests_running", "{request}")),
            new GaugeRule(new Metric("vllm:num_requests_waiting"), Rule.Named("requests_waiting", "{request}")),
            new GaugeRule(new Metric("vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"), Rule.Named("kv_cache_utilization"), Together: Together.Mean),
            new QuotientRule(
                Metric.Counter("vllm:prefix_cache_hits", "vllm:gpu_prefix_cache_hits"), Metric.Counter("vllm:prefix_cache_queries", "vllm:gpu_prefix_cache_queries"),
                Rule.Named("cache_hit_ratio"), CountsCalls: false) { IsOptional = true },
            new RateRule(Metric.Counter("vllm:num_preemptions"), Rule.Named("preemptions_per_second", "{request}/s")) { IsOptional = true },
        ]);
}
