namespace LLMscope.Service.GenAi;

/// <summary>
/// Which attributes a call is read from, in every generation of names that is still emitted: the current and older GenAI conventions of OpenTelemetry,
/// OpenLLMetry (Traceloop), OpenInference (Arize), the Vercel AI SDK, Langfuse, LiteLLM, OpenLIT and vLLM. One more name is one more word here, and in docs/genai-mapping.md.
/// </summary>
internal static class SpanFields
{
    // What a span is; all of these that are present must say that it is a call of a model.
    public static readonly AcceptedNames Operation = new(
        "operation",
        "ai.operationId", "gen_ai.operation.name", "llm.request.type", "openinference.span.kind", "traceloop.span.kind", "langfuse.observation.type", "langsmith.span.kind",
        "mlflow.spanType", "gen_ai.type");

    public static readonly AcceptedNames Provider = new(
        "provider",
        "gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "llm.vendor", "ai.model.provider", "gen_ai.provider", "peer.service");

    public static readonly AcceptedNames Host = new("provider, by the host that it answers from", "server.address", "net.peer.name", "http.host", "url.full", "http.url");

    public static readonly AcceptedNames Model = new(
        "model (requested)",
        "gen_ai.request.model", "llm.request.model_name", "llm.request.model", "llm.invocation_parameters#model", "ai.model.id", "langfuse.observation.model.name",
        "embedding.model_name", "llm.model_name",
        "gen_ai.request.model_name", "llm.model");

    public static readonly AcceptedNames ServedModel = new(
        "served model",
        "gen_ai.response.model", "llm.response.model_name", "llm.response.model", "ai.response.model", "gen_ai.response.model_name", "llm.model_name");

    public static readonly AcceptedNames Duration = new("duration (s)", "gen_ai.latency.e2e");

    public static readonly AcceptedNames DurationMilliseconds = new("duration (ms)", "ai.response.msToFinish", "ai.stream.msToFinish");

    public static readonly AcceptedNames FirstToken = new(
        "time to first token (s)",
        "gen_ai.response.time_to_first_chunk", "gen_ai.latency.time_to_first_token", "gen_ai.response.time_to_first_token", "gen_ai.server.time_to_first_token");

    public static readonly AcceptedNames FirstTokenMilliseconds = new("time to first token (ms)", "ai.response.msToFirstChunk", "ai.stream.msToFirstChunk");

    public static readonly AcceptedNames FirstTokenTime = new("time of the first token (RFC 3339)", "langfuse.observation.completion_start_time");

    // Read from their own times, or from the attributes above where they carry them.
    public static readonly AcceptedNames FirstTokenEvents = new(
        "event of the first token",
        "ai.stream.firstChunk", "First Token Stream Event", "gen_ai.content.completion.chunk", "llm.content.completion.chunk");

    public static readonly AcceptedNames InputTokens = new(
        "input tokens",
        "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt", "llm.usage.prompt_tokens", "llm.usage.input_tokens", "ai.usage.inputTokens",
        "ai.usage.promptTokens",
        "ai.usage.tokens", "langfuse.observation.usage_details#input");

    public static readonly AcceptedNames OutputTokens = new(
        "output tokens",
        "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion", "llm.usage.completion_tokens", "llm.usage.output_tokens",
        "ai.usage.outputTokens",
        "ai.usage.completionTokens", "langfuse.observation.usage_details#output");

    public static readonly AcceptedNames CachedTokens = new(
        "cached tokens (read)",
        "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens", "gen_ai.usage.prompt_tokens_details.cached_tokens", "gen_ai.usage.input_tokens.cached",
        "llm.token_count.prompt_details.cache_read", "llm.usage.cache_read_input_tokens", "ai.usage.inputTokenDetails.cacheReadTokens", "ai.usage.cachedInputTokens",
        "langfuse.observation.usage_details#input_cached_tokens");

    public static readonly AcceptedNames CacheWriteTokens = new(
        "cached tokens (written)",
        "gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens",
        "llm.token_count.prompt_details.cache_write",
        "llm.usage.cache_creation_input_tokens", "ai.usage.inputTokenDetails.cacheWriteTokens");

    public static readonly AcceptedNames Streaming = new(
        "streaming",
        "gen_ai.request.stream", "gen_ai.is_streaming", "gen_ai.request.is_stream", "gen_ai.request.streaming", "llm.is_streaming", "llm.request.streaming",
        "llm.invocation_parameters#stream");

    public static readonly AcceptedNames FinishReason = new(
        "finish reason",
        "gen_ai.response.finish_reasons", "gen_ai.response.finish_reason", "gen_ai.response.stop_reason", "llm.response.finish_reason", "llm.response.stop_reason",
        "llm.finish_reason",
        "ai.response.finishReason", "gen_ai.completion.0.finish_reason", "llm.completions.0.finish_reason");

    public static readonly AcceptedNames ErrorType = new("error", "error.type", "exception.type", "error.code", "gen_ai.error.type");

    public static readonly AcceptedNames HttpStatus = new(
        "HTTP status",
        "http.response.status_code", "http.status_code", "gen_ai.response.status_code", "error.type", "error.code");

    public static readonly AcceptedNames ResponseId = new("identity of the answer", "gen_ai.response.id", "llm.response.id", "ai.response.id");

    public static readonly AcceptedNames PromptName = new(
        "prompt", "gen_ai.prompt.name", "traceloop.prompt.key", "llm.prompt_template.name", "langfuse.observation.prompt.name");

    public static readonly AcceptedNames PromptVersion = new(
        "prompt version", "gen_ai.prompt.version", "llm.prompt_template.version", "traceloop.prompt.version", "langfuse.observation.prompt.version");

    public static readonly AcceptedNames Cost = new(
        "cost (USD)", "gen_ai.usage.cost", "llm.cost.total", "gen_ai.cost.total_cost", "operation.cost", "langfuse.observation.cost_details#total");

    // Of a data point: the kind of tokens that it counts. Kinds that are part of another, and totals, are left out.
    public static readonly AcceptedNames TokenType = new("kind of tokens (metrics)", "gen_ai.token.type", "llm.usage.token_type", "llm.token_type");

    // Of the resource.
    public static readonly AcceptedNames Application = new("application (resource)", "service.name");

    public static readonly AcceptedNames Site = new("site (resource)", "deployment.environment.name", "deployment.environment");

    public static IReadOnlyList<AcceptedNames> All { get; } =
    [
        Operation, Provider, Host, Model, ServedModel, Duration, DurationMilliseconds, FirstToken, FirstTokenMilliseconds, FirstTokenTime, FirstTokenEvents,
        InputTokens, OutputTokens, CachedTokens, CacheWriteTokens, Streaming, FinishReason, ErrorType, HttpStatus, ResponseId, PromptName, PromptVersion, Cost, TokenType,
        Application, Site,
    ];
}
