using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>
/// Text Generation Inference. It names no model in its labels, so the target does. It has no time to first token; the time in the queue and the forward
/// pass of the prompt are what that time consists of.
/// </summary>
/// <remarks>TGI documentation, "Metrics", 3.3.</remarks>
internal static class TgiPreset
{
    public static Preset Preset { get; } = new(
        "tgi",
        "tgi",
        [new(SourcePart.Model, "{model_id}", "{model_name}", "{model}")],
        [
            .. LatencyRules.Of(new Metric("tgi_request_duration"), "duration"),
            .. LatencyRules.Of(new Metric("tgi_request_mean_time_per_token_duration"), "time_per_output_token"),
            .. LatencyRules.Of(new Metric("tgi_request_queue_duration"), "queue_time"),
            new MeanRule(new Metric("tgi_batch_forward_duration").Where("method", "prefill"), Rule.Named("prefill_time_mean", "s")),
            new MeanRule(new Metric("tgi_request_input_length"), Rule.Named("input_tokens_mean", "{token}")),
            new MeanRule(new Metric("tgi_request_generated_tokens"), Rule.Named("output_tokens_mean", "{token}")),
            new RateRule(Metric.Counter("tgi_request_count"), Rule.Named("requests_per_second", "{request}/s")),
            new RateRule(new Metric("tgi_request_generated_tokens_sum"), Rule.Named("output_tokens_per_second", "{token}/s")),
            new EventShareRule(Metric.Counter("tgi_request_failure"), Metric.Counter("tgi_request_success"), Rule.Named(Characteristic.ErrorShare), CallsIncludeEvents: false),
            new GaugeRule(new Metric("tgi_queue_size"), Rule.Named("requests_waiting", "{request}")),
            new GaugeRule(new Metric("tgi_batch_current_size"), Rule.Named("requests_running", "{request}")),
        ]);
}
