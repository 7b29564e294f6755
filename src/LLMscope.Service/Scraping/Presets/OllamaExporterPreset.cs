using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>
/// Exporters in front of Ollama, which has no metrics of its own; all differ, so every metric may be absent. Where none runs, the section
/// <c>LLMscope:Ollama</c> asks Ollama itself.
/// </summary>
/// <remarks>The names proposed for Ollama itself (ollama/ollama, pull request 16998) and those of the proxies ollama-metrics-proxy and ollama-exporter.</remarks>
internal static class OllamaExporterPreset
{
    private static readonly Metric OutputTokens = Metric.Counter("ollama_eval_total", "ollama_completion_tokens_total", "ollama_tokens_generated_total");
    private static readonly Metric InputTokens = Metric.Counter("ollama_prompt_eval_total", "ollama_prompt_tokens_total", "ollama_tokens_processed_total");

    public static Preset Preset { get; } = new(
        "ollama",
        "ollama",
        [new(SourcePart.Model, "{model}", "{model_name}")],
        [
            .. LatencyRules.Of(new Metric("ollama_total_duration_seconds", "ollama_request_duration_seconds", "ollama_response_seconds"), "duration", isOptional: true),
            new MeanRule(new Metric("ollama_load_duration_seconds"), Rule.Named("load_time_mean", "s")) { IsOptional = true },
            new QuotientRule(
                new Metric("ollama_eval_duration_seconds_sum", "ollama_eval_duration_seconds_total", "ollama_eval_duration_seconds"), OutputTokens,
                Rule.Named("time_per_output_token_mean", "s")) { IsOptional = true },
            new RateRule(InputTokens, Rule.Named("input_tokens_per_second", "{token}/s")) { IsOptional = true },
            new RateRule(OutputTokens, Rule.Named("output_tokens_per_second", "{token}/s")) { IsOptional = true },
            new RateRule(Metric.Counter("ollama_requests_total"), Rule.Named("requests_per_second", "{request}/s")) { IsOptional = true },
            new GaugeRule(new Metric("ollama_active_requests"), Rule.Named("requests_running", "{request}")) { IsOptional = true },
            new GaugeRule(new Metric("ollama_requests_queued"), Rule.Named("requests_waiting", "{request}")) { IsOptional = true },
            new GaugeRule(new Metric("ollama_models_loaded"), Rule.Named("models_loaded", "{model}")) { IsOptional = true },
        ]);
}
