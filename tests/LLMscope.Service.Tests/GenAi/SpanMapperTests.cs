using LLMscope.Monitoring.Samples;
using LLMscope.Service.GenAi;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.GenAi;

public class SpanMapperTests
{
    private static readonly Call Expected = new(
        new Source(Site: "berlin", Provider: "openai", Model: "gpt-4o", ServedModel: "gpt-4o-2024-08-06", Operation: "chat", Application: "shop"),
        DateTime.UnixEpoch.AddSeconds(1_795_000_002), Duration: 2, TimeToFirstToken: 0.25, InputTokens: 21, OutputTokens: 5, CachedTokens: 4,
        Streaming: true, TraceId: "0af7651916cd43dd8448eb211c80319c", PromptVersion: "greeting@3", CostUsd: 0.001, FinishReason: "stop");

    /// <summary>One call, in the words of each convention; those that a convention has no word for are borrowed from another one, as emitters do.</summary>
    public static TheoryData<string> Generations => [.. ByGeneration.Keys];

    private static readonly Dictionary<string, OtlpSpan> ByGeneration = new()
    {
        ["GenAI 1.42"] = Spans.Of(
            ("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "openai"), ("gen_ai.request.model", "gpt-4o"), ("gen_ai.response.model", "gpt-4o-2024-08-06"),
            ("gen_ai.request.stream", true), ("gen_ai.response.time_to_first_chunk", 0.25), ("gen_ai.usage.input_tokens", 21), ("gen_ai.usage.output_tokens", 5),
            ("gen_ai.usage.cache_read.input_tokens", 4), ("gen_ai.response.finish_reasons", new[] { "stop" }), ("gen_ai.prompt.name", "greeting"), ("gen_ai.prompt.version", "3"),
            ("gen_ai.usage.cost", 0.001)),
        ["GenAI 1.27, prompt and completion tokens"] = Spans.Of(
            ("gen_ai.operation.name", "chat"), ("gen_ai.system", "openai"), ("gen_ai.request.model", "gpt-4o"), ("gen_ai.response.model", "gpt-4o-2024-08-06"),
            ("gen_ai.usage.prompt_tokens", 21), ("gen_ai.usage.completion_tokens", 5), ("gen_ai.usage.prompt_tokens_details.cached_tokens", 4),
            ("gen_ai.response.finish_reasons", "stop"), ("gen_ai.is_streaming", true), ("gen_ai.server.time_to_first_token", 0.25),
            ("gen_ai.prompt.name", "greeting"), ("gen_ai.prompt.version", 3), ("gen_ai.usage.cost", "0.001")),
        ["OpenLLMetry"] = Spans.Of(
            ("llm.request.type", "chat"), ("gen_ai.system", "OpenAI"), ("gen_ai.request.model", "gpt-4o"), ("gen_ai.response.model", "gpt-4o-2024-08-06"),
            ("llm.is_streaming", true), ("gen_ai.usage.prompt_tokens", 21), ("gen_ai.usage.completion_tokens", 5), ("gen_ai.usage.cache_read_input_tokens", 4),
            ("llm.response.finish_reason", "stop"), ("traceloop.prompt.key", "greeting"), ("traceloop.prompt.version", "3"), ("llm.usage.total_tokens", 26),
            ("gen_ai.usage.cost", 0.001))
            .Raising(Spans.Event("llm.content.completion.chunk", 0.3), Spans.Event("llm.content.completion.chunk", 0.25)),
        ["OpenLLMetry before gen_ai"] = Spans.Of(
            ("llm.request.type", "chat"), ("llm.vendor", "OpenAI"), ("llm.request.model", "gpt-4o"), ("llm.response.model", "gpt-4o-2024-08-06"), ("llm.is_streaming", true),
            ("llm.usage.prompt_tokens", 21), ("llm.usage.completion_tokens", 5), ("llm.usage.cache_read_input_tokens", 4), ("llm.response.finish_reason", "stop"),
            ("traceloop.prompt.key", "greeting"), ("traceloop.prompt.version", "3"), ("gen_ai.usage.cost", 0.001))
            .Raising(Spans.Event("gen_ai.content.completion.chunk", 0.25)),
        ["OpenInference"] = Spans.Of(
            ("openinference.span.kind", "LLM"), ("llm.system", "openai"), ("llm.model_name", "gpt-4o-2024-08-06"),
            ("llm.invocation_parameters", """{"model":"gpt-4o","stream":true,"temperature":0}"""),
            ("llm.token_count.prompt", 21), ("llm.token_count.completion", 5), ("llm.token_count.prompt_details.cache_read", 4), ("llm.finish_reason", "stop"),
            ("llm.prompt_template.name", "greeting"), ("llm.prompt_template.version", "3"), ("llm.cost.total", 0.001))
            .Raising(Spans.Event("First Token Stream Event", 0.25)),
        ["Vercel AI SDK 5"] = Spans.Of(
            ("operation.name", "ai.streamText.doStream"), ("ai.operationId", "ai.streamText.doStream"), ("ai.model.provider", "openai.chat"), ("ai.model.id", "gpt-4o"),
            ("ai.response.model", "gpt-4o-2024-08-06"), ("ai.response.msToFirstChunk", 250), ("ai.response.msToFinish", 2000.0), ("ai.usage.inputTokens", 21),
            ("ai.usage.outputTokens", 5), ("ai.usage.cachedInputTokens", 4), ("ai.response.finishReason", "stop"), ("gen_ai.prompt.name", "greeting"),
            ("gen_ai.prompt.version", "3"), ("gen_ai.usage.cost", 0.001)),
        ["Vercel AI SDK 3"] = Spans.Of(
            ("ai.operationId", "ai.streamText.doStream"), ("gen_ai.system", "openai.chat"), ("ai.model.id", "gpt-4o"), ("ai.response.model", "gpt-4o-2024-08-06"),
            ("ai.usage.promptTokens", 21), ("ai.usage.completionTokens", 5), ("ai.usage.cachedInputTokens", 4), ("gen_ai.response.finish_reasons", new[] { "stop" }),
            ("langfuse.observation.prompt.name", "greeting"), ("langfuse.observation.prompt.version", 3), ("gen_ai.usage.cost", 0.001))
            .Raising(Spans.Event("ai.stream.firstChunk", 0.4, ("ai.stream.msToFirstChunk", 250))),
        ["Langfuse"] = Spans.Of(
            ("langfuse.observation.type", "generation"), ("gen_ai.system", "openai"), ("langfuse.observation.model.name", "gpt-4o"), ("gen_ai.response.model", "gpt-4o-2024-08-06"),
            ("langfuse.observation.completion_start_time", "\"" + Iso(0.25) + "\""), ("langfuse.observation.usage_details", """{"input":21,"output":5,"input_cached_tokens":4}"""),
            ("langfuse.observation.cost_details", """{"total":0.001}"""), ("langfuse.observation.prompt.name", "greeting"), ("langfuse.observation.prompt.version", 3),
            ("gen_ai.is_streaming", "true"), ("gen_ai.response.finish_reason", "stop")),
        ["LiteLLM"] = Spans.Named(
            "litellm_request",
            ("gen_ai.operation.name", "acompletion"), ("llm.request.type", "acompletion"), ("gen_ai.system", "openai"), ("gen_ai.request.model", "gpt-4o"),
            ("gen_ai.response.model", "gpt-4o-2024-08-06"), ("llm.is_streaming", "True"), ("gen_ai.usage.input_tokens", 21), ("gen_ai.usage.output_tokens", 5),
            ("gen_ai.usage.total_tokens", 26), ("gen_ai.usage.cache_read.input_tokens", 4), ("gen_ai.response.finish_reasons", "[\"stop\"]"), ("gen_ai.cost.total_cost", 0.001),
            ("gen_ai.response.time_to_first_chunk", 0.25), ("gen_ai.prompt.name", "greeting"), ("gen_ai.prompt.version", "3")),
        ["OpenLIT"] = Spans.Of(
            ("gen_ai.operation.name", "chat"), ("gen_ai.system", "openai"), ("telemetry.sdk.name", "openlit"), ("gen_ai.request.model", "gpt-4o"),
            ("gen_ai.response.model", "gpt-4o-2024-08-06"),
            ("gen_ai.request.is_stream", true), ("gen_ai.server.time_to_first_token", 0.25), ("gen_ai.usage.input_tokens", 21), ("gen_ai.usage.output_tokens", 5),
            ("gen_ai.usage.cache_read.input_tokens", 4), ("gen_ai.response.finish_reasons", new[] { "stop" }), ("gen_ai.usage.cost", 0.001),
            ("gen_ai.prompt.name", "greeting"), ("gen_ai.prompt.version", "3")),
        ["Microsoft.Extensions.AI"] = Spans.Named(
            "chat gpt-4o",
            ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "gpt-4o"), ("gen_ai.provider.name", "openai"), ("server.address", "api.openai.com"), ("server.port", 443),
            ("gen_ai.response.finish_reasons", new[] { "stop" }), ("gen_ai.response.id", "chatcmpl-9J3uIL87gldCFtiIbyaOvTeYBRA3l"), ("gen_ai.response.model", "gpt-4o-2024-08-06"),
            ("gen_ai.usage.input_tokens", 21), ("gen_ai.usage.output_tokens", 5), ("gen_ai.usage.cache_read.input_tokens", 4), ("gen_ai.request.stream", true),
            ("gen_ai.response.time_to_first_chunk", 0.25), ("gen_ai.usage.cost", 0.001), ("gen_ai.prompt.name", "greeting"), ("gen_ai.prompt.version", "3")),
        ["vLLM, with what a gateway adds"] = Spans.Named(
            "llm_request",
            ("gen_ai.request.model", "gpt-4o"), ("gen_ai.response.model", "gpt-4o-2024-08-06"), ("gen_ai.latency.e2e", 2.0), ("gen_ai.latency.time_to_first_token", 0.25),
            ("gen_ai.latency.time_in_queue", 0.01), ("gen_ai.usage.prompt_tokens", 21), ("gen_ai.usage.completion_tokens", 5), ("gen_ai.usage.cache_read.input_tokens", 4),
            ("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "openai"), ("gen_ai.request.is_stream", true), ("gen_ai.response.finish_reasons", new[] { "stop" }),
            ("gen_ai.prompt.name", "greeting"), ("gen_ai.prompt.version", "3"), ("gen_ai.cost.total_cost", 0.001)),
    };

    [Theory]
    [MemberData(nameof(Generations))]
    public void One_call_is_the_same_call_in_every_generation_of_names(string generation) => Assert.Equal(Expected, Spans.CallOf(ByGeneration[generation]));

    [Theory]
    [InlineData("gen_ai.operation.name", "invoke_agent")]
    [InlineData("gen_ai.operation.name", "create_agent")]
    [InlineData("gen_ai.operation.name", "invoke_workflow")]
    [InlineData("gen_ai.operation.name", "execute_tool")]
    [InlineData("gen_ai.operation.name", "retrieval")]
    [InlineData("gen_ai.operation.name", "fetch_response")]
    [InlineData("gen_ai.operation.name", "orchestrate_tools")]
    [InlineData("openinference.span.kind", "CHAIN")]
    [InlineData("openinference.span.kind", "AGENT")]
    [InlineData("openinference.span.kind", "TOOL")]
    [InlineData("openinference.span.kind", "RETRIEVER")]
    [InlineData("openinference.span.kind", "RERANKER")]
    [InlineData("traceloop.span.kind", "workflow")]
    [InlineData("traceloop.span.kind", "task")]
    [InlineData("llm.request.type", "rerank")]
    [InlineData("langfuse.observation.type", "span")]
    [InlineData("mlflow.spanType", "\"CHAIN\"")]
    [InlineData("langsmith.span.kind", "chain")]
    [InlineData("ai.operationId", "ai.generateText")]
    [InlineData("ai.operationId", "ai.streamText")]
    [InlineData("ai.operationId", "ai.toolCall")]
    [InlineData("ai.operationId", "ai.embed")]
    public void What_wraps_calls_is_none_although_it_repeats_their_tokens(string name, string value) =>
        Assert.Equal(
            MappedSpan.NoCall,
            SpanMapper.Map(Spans.Of((name, value), ("gen_ai.system", "openai"), ("gen_ai.request.model", "m"), ("gen_ai.usage.input_tokens", 5)), Spans.Shop));

    [Fact]
    public void One_wrapper_among_the_kinds_of_a_span_outvotes_the_others() =>
        Assert.Equal(MappedSpan.NoCall, SpanMapper.Map(Spans.Of(("gen_ai.operation.name", "chat"), ("traceloop.span.kind", "agent"), ("gen_ai.request.model", "m")), Spans.Shop));

    [Fact]
    public void A_span_of_something_else_is_no_call() =>
        Assert.Equal(
            MappedSpan.NoCall,
            SpanMapper.Map(Spans.Named("GET /", ("http.request.method", "GET"), ("server.address", "api.openai.com"), ("http.response.status_code", 429)), Spans.Shop));

    [Fact]
    public void A_span_that_does_not_say_what_it_does_is_a_call_where_it_has_a_model_and_tokens()
    {
        var span = Spans.Named("llm_request", ("gen_ai.request.model", "llama"), ("gen_ai.usage.completion_tokens", 7), ("gen_ai.latency.e2e", 1.5));

        var mapped = SpanMapper.Map(span, new OtlpOrigin(OtlpAttributes.Empty, "vllm.llm_engine"));

        Assert.Equal(new Source(Provider: "vllm", Model: "llama"), mapped.Call!.Source);
        Assert.Equal((1.5, 7), (mapped.Call.Duration, mapped.Call.OutputTokens));
    }

    [Theory]
    [InlineData("gen_ai.operation.name", "embeddings")]
    [InlineData("gen_ai.operation.name", "embedding")]
    [InlineData("llm.request.type", "embedding")]
    [InlineData("openinference.span.kind", "EMBEDDING")]
    [InlineData("ai.operationId", "ai.embedMany.doEmbed")]
    public void An_embedding_is_a_call_without_a_first_token(string name, string value)
    {
        var call = Spans.CallOf(Spans.Of((name, value), ("gen_ai.request.model", "ada"), ("gen_ai.response.time_to_first_chunk", 0.1)));

        Assert.Equal(("embeddings", (double?)null), (call.Source.Operation, call.TimeToFirstToken));
    }

    [Theory]
    [InlineData("completion", "text_completion")]
    [InlineData("messages", "chat")]
    [InlineData("Chat", "chat")]
    [InlineData("chat.completions", "chat")]
    [InlineData("generate_content", "generate_content")]
    [InlineData("acompletion", "chat")]
    [InlineData("anthropic_messages", "chat")]
    public void An_operation_has_one_name(string told, string expected) =>
        Assert.Equal(expected, Spans.CallOf(Spans.Of(("gen_ai.operation.name", told), ("gen_ai.request.model", "m"))).Source.Operation);

    [Theory]
    [InlineData("az.ai.openai", "azure.ai.openai")]
    [InlineData("azure", "azure.ai.openai")]
    [InlineData("xai", "x_ai")]
    [InlineData("gemini", "gcp.gemini")]
    [InlineData("google.generative-ai", "gcp.gemini")]
    [InlineData("vertex_ai", "gcp.vertex_ai")]
    [InlineData("google.vertex.chat", "gcp.vertex_ai")]
    [InlineData("ibm.watson.ai", "ibm.watsonx.ai")]
    [InlineData("openai.chat", "openai")]
    [InlineData("openai.responses", "openai")]
    [InlineData("anthropic.messages", "anthropic")]
    [InlineData("mistral.chat", "mistral_ai")]
    [InlineData("amazon-bedrock", "aws.bedrock")]
    [InlineData("Anthropic", "anthropic")]
    [InlineData("vLLM", "vllm")]
    [InlineData("ollama", "ollama")]
    [InlineData("Langchain", "")]
    public void A_provider_has_one_name(string told, string expected) => Assert.Equal(expected, Spans.CallOf(Chat(("gen_ai.system", told))).Source.Provider);

    [Theory]
    [InlineData("api.openai.com", "openai")]
    [InlineData("https://shop.openai.azure.com/openai", "azure.ai.openai")]
    [InlineData("bedrock-runtime.eu-central-1.amazonaws.com", "aws.bedrock")]
    [InlineData("10.0.0.7", "")]
    public void A_provider_that_is_not_named_is_known_by_its_host(string host, string expected) =>
        Assert.Equal(expected, Spans.CallOf(Chat(("server.address", host))).Source.Provider);

    [Fact]
    public void An_application_that_was_never_named_has_no_name()
    {
        var origin = new OtlpOrigin(Spans.Attributes([("service.name", "unknown_service:node"), ("deployment.environment", "old")]), "");

        var source = SpanMapper.Map(Chat(), origin).Call!.Source;

        Assert.Equal(("", "old"), (source.Application, source.Site));
    }

    // Vercel before version 6 passes on what Anthropic counts; the convention wants the cached tokens among the input tokens.
    [Fact]
    public void Cached_tokens_that_an_emitter_counts_apart_are_added()
    {
        var apart = Chat(
            ("gen_ai.system", "anthropic.messages"), ("ai.operationId", "ai.generateText.doGenerate"), ("ai.usage.inputTokens", 100), ("ai.usage.cachedInputTokens", 40));
        var within = Chat(("gen_ai.system", "anthropic"), ("gen_ai.usage.input_tokens", 140), ("gen_ai.usage.cache_read.input_tokens", 40));
        var impossible = Chat(
            ("gen_ai.system", "anthropic"), ("gen_ai.usage.input_tokens", 10), ("gen_ai.usage.cache_read_input_tokens", 40), ("gen_ai.usage.cache_creation_input_tokens", 90));

        Assert.Equal([140, 140, 140], new[] { apart, within, impossible }.Select(span => Spans.CallOf(span).InputTokens!.Value).ToArray());
    }

    [Fact]
    public void Without_a_requested_model_the_served_one_is_the_model() =>
        Assert.Equal("m-1", Spans.CallOf(Spans.Of(("gen_ai.operation.name", "chat"), ("gen_ai.response.model", "m-1"))).Source.Model);

    // The parameters hold the tools too; what is too long was cut on its way in.
    [Fact]
    public void A_field_is_found_in_JSON_that_was_cut_after_it() =>
        Assert.Equal("gpt-4o", Spans.CallOf(Spans.Of(
            ("openinference.span.kind", "LLM"), ("llm.system", "openai"),
            ("llm.invocation_parameters", """{"tools":[{"model":"no"}],"model":"gpt-4o","tool_choice":{"na"""))).Source.Model);

    [Fact]
    public void A_call_without_a_model_is_taken_for_its_provider_and_refused_without_both()
    {
        Assert.Equal("", Spans.CallOf(Spans.Of(("gen_ai.operation.name", "chat"), ("gen_ai.system", "openai"))).Source.Model);
        Assert.Equal("the span 'span' is a call but names neither a model nor a provider", SpanMapper.Map(Spans.Of(("gen_ai.operation.name", "chat")), Spans.Shop).Fault);
    }

    [Fact]
    public void Times_that_cannot_be_are_faults_that_say_so()
    {
        Assert.Equal("the span 'span' ends before it starts", FaultOf(Chat() with { EndNanos = Spans.Start - 1 }));
        Assert.Equal("the span 'span' has no start time", FaultOf(Chat() with { StartNanos = 0 }));
        Assert.Equal("the span 'span' has no end time", FaultOf(Chat() with { EndNanos = 0 }));
        Assert.Equal("the span 'span' lasts longer than 24 hours", FaultOf(Chat() with { EndNanos = Spans.Start + (86_401 * Spans.Second) }));
    }

    [Fact]
    public void A_first_token_after_the_end_is_left_out() => Assert.Null(Spans.CallOf(Chat(("gen_ai.response.time_to_first_chunk", 250))).TimeToFirstToken);

    [Fact]
    public void A_time_is_in_whole_microseconds() =>
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_795_000_000).AddTicks(10), Spans.CallOf(Chat() with { EndNanos = Spans.Start + 1_999 }).Time);

    [Fact]
    public void Text_of_others_is_cut_and_cleaned()
    {
        var source = Spans.CallOf(Chat(("gen_ai.system", "  open\0ai\n"), ("gen_ai.response.model", new string('m', 199) + "\ud83d\ude00"))).Source;

        Assert.Equal(("openai", new string('m', 199)), (source.Provider, source.ServedModel));
    }

    [Fact]
    public void The_answer_of_a_provider_is_the_key_of_its_call()
    {
        var inSdk = Chat(("gen_ai.provider.name", "openai"), ("gen_ai.response.id", "chatcmpl-9J3uIL87gldCFtiIbyaOvTeYBRA3l"));
        var inFramework = Chat(("gen_ai.system", "openai.chat"), ("ai.response.id", "chatcmpl-9J3uIL87gldCFtiIbyaOvTeYBRA3l")) with { SpanId = "b7ad6b7169203332" };

        Assert.Equal("openai/chatcmpl-9J3uIL87gldCFtiIbyaOvTeYBRA3l", KeyOf(inSdk));
        Assert.Equal(KeyOf(inSdk), KeyOf(inFramework));
    }

    [Fact]
    public void Without_an_identity_that_is_worth_it_the_key_is_the_span()
    {
        Assert.Equal("0af7651916cd43dd8448eb211c80319c/b7ad6b7169203331", KeyOf(Chat()));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c/b7ad6b7169203331", KeyOf(Chat(("gen_ai.response.id", "chatcmpl-123")))); // Ollama: one of a thousand
    }

    private static OtlpSpan Chat(params (string, object)[] more) => Spans.Of([("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m"), .. more]);

    private static string? FaultOf(OtlpSpan span) => SpanMapper.Map(span, Spans.Shop).Fault;

    private static string KeyOf(OtlpSpan span) => SpanMapper.Map(span, Spans.Shop).Key;

    private static string Iso(double seconds) =>
        DateTime.UnixEpoch.AddSeconds(1_795_000_000 + seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
