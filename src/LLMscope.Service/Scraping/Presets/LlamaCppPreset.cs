using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>
/// The server of llama.cpp with <c>--metrics</c>. It has no histograms: times per token are the gains of its counters of seconds over those of tokens. Its
/// gauges of tokens per second are averages since long ago and are not charted. It names no model, so the target does.
/// </summary>
/// <remarks>llama.cpp, tools/server/README.md, "GET /metrics".</remarks>
internal static class LlamaCppPreset
{
    private static readonly Metric Predicted = Metric.Counter("llamacpp:tokens_predicted_total");
    private static readonly Metric Prompted = Metric.Counter("llamacpp:prompt_tokens_total");

    public static Preset Preset { get; } = new(
        "llama.cpp",
        "llama.cpp",
        [new(SourcePart.Model, "{model}")],
        [
            new QuotientRule(Metric.Counter("llamacpp:tokens_predicted_seconds_total"), Predicted, Rule.Named("time_per_output_token_mean", "s")),
            new QuotientRule(Metric.Counter("llamacpp:prompt_seconds_total"), Prompted, Rule.Named("time_per_input_token_mean", "s")),
            new RateRule(Prompted, Rule.Named("input_tokens_per_second", "{token}/s")),
            new RateRule(Predicted, Rule.Named("output_tokens_per_second", "{token}/s")),
            new GaugeRule(new Metric("llamacpp:requests_processing"), Rule.Named("requests_running", "{request}")),
            new GaugeRule(new Metric("llamacpp:requests_deferred"), Rule.Named("requests_waiting", "{request}")),
            new GaugeRule(new Metric("llamacpp:kv_cache_usage_ratio"), Rule.Named("kv_cache_utilization"), Together: Together.Mean) { IsOptional = true },
            new QuotientRule(
                Metric.Counter("llamacpp:spec_decode_num_accepted_tokens_total"), Metric.Counter("llamacpp:spec_decode_num_draft_tokens_total"),
                Rule.Named("draft_acceptance_ratio"), CountsCalls: false) { IsOptional = true },
        ]);
}
