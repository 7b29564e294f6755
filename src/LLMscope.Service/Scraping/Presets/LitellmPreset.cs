using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>
/// The proxy of LiteLLM with its Prometheus callback. Keys, teams and users are taken together. Its metrics appear with the first call that they are of.
/// </summary>
/// <remarks>LiteLLM documentation, "Prometheus metrics".</remarks>
internal static class LitellmPreset
{
    public static Preset Preset { get; } = new(
        "litellm",
        "litellm",
        [new(SourcePart.Model, "{requested_model}", "{model}", "{litellm_model_name}")],
        [
            .. LatencyRules.Of(new Metric("litellm_request_total_latency_metric"), "duration"),
            .. LatencyRules.Of(new Metric("litellm_llm_api_latency_metric"), "provider_duration"),
            .. LatencyRules.Of(new Metric("litellm_llm_api_time_to_first_token_metric"), "time_to_first_token", isOptional: true),
            .. LatencyRules.Of(new Metric("litellm_deployment_latency_per_output_token"), "time_per_output_token", isOptional: true),
            new MeanRule(new Metric("litellm_overhead_latency_metric"), Rule.Named("gateway_time_mean", "s")) { IsOptional = true },
            new RateRule(Metric.Counter("litellm_proxy_total_requests_metric"), Rule.Named("requests_per_second", "{request}/s")),
            new EventShareRule(
                Metric.Counter("litellm_proxy_failed_requests_metric"), Metric.Counter("litellm_proxy_total_requests_metric"), Rule.Named(Characteristic.ErrorShare)),
            new RateRule(Metric.Counter("litellm_input_tokens_metric", "litellm_input_tokens"), Rule.Named("input_tokens_per_second", "{token}/s")) { IsOptional = true },
            new RateRule(Metric.Counter("litellm_output_tokens_metric", "litellm_output_tokens"), Rule.Named("output_tokens_per_second", "{token}/s")) { IsOptional = true },
            new QuotientRule(Metric.Counter("litellm_spend_metric"), Metric.Counter("litellm_requests_metric"), Rule.Named("cost_mean", "USD")) { IsOptional = true },
            new GaugeRule(new Metric("litellm_in_flight_requests"), Rule.Named("requests_running", "{request}")) { IsOptional = true },
        ]);
}
