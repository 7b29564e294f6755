using System.Text;

namespace LLMscope.Client.Tests.Http;

/// <summary>Answers as the providers' documents show them, and what is to be read from them.</summary>
internal sealed record Answers(string Name, string Path, string Type, string Body, string Expected, bool Streaming = true)
{
    public byte[] Bytes => Encoding.UTF8.GetBytes(Body);

    public static IReadOnlyList<Answers> All { get; } =
    [
        new("OpenAI JSON", "/v1/chat/completions", "application/json",
            """
            {"id":"x","object":"chat.completion","model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":{"role":"assistant","content":"a \"b\" {c} \\","refusal":null},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":310,"completion_tokens":95,"total_tokens":405,"prompt_tokens_details":{"cached_tokens":200}}}
            """,
            "ok gpt-4o-2024-08-06 310 95 200 stop", Streaming: false),
        new("OpenAI events", "/v1/chat/completions", "text/event-stream",
            ": OPENROUTER PROCESSING\n\n"
            + "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],\"usage\":null}\n\n"
            + "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"caf\u00e9\"},\"finish_reason\":null}]}\n\n"
            + ": keep-alive\n\n"
            + "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}\n\n"
            + "data: {\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\n"
            + "data: [DONE]\n\n",
            "ok m 7 3 2 length"),
        new("OpenAI events with CR LF, without use and without [DONE]", "/v1/chat/completions", "text/event-stream",
            "data:{\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\r\n\r\ndata: {\"model\":\"m\",\r\ndata: \"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\n",
            "ok m    stop"),
        new("OpenAI events that break off", "/v1/chat/completions", "text/event-stream",
            "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", "network m    "),
        new("An error in events of OpenAI", "/v1/chat/completions", "text/event-stream",
            "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\",\"code\":429}}\n\n", "rateLimit m    "),
        new("An answer of OpenAI that a filter ended", "/openai/deployments/d/chat/completions", "text/event-stream",
            "data: {\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[{}]}\n\ndata: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"content_filter\"}]}\n\ndata: [DONE]\n\n",
            "model m    content_filter"),
        new("Tool calls of OpenAI", "/v1/chat/completions", "text/event-stream",
            "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n",
            "ok m    tool_calls"),
        new("Responses of OpenAI", "/v1/responses", "text/event-stream",
            "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"model\":\"m\",\"status\":\"in_progress\",\"error\":null,\"usage\":null}}\n\n"
            + "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\n"
            + "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"model\":\"m\",\"error\":null,\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":5}}}\n\n",
            "ok m 9 5 4 completed"),
        new("Anthropic events", "/v1/messages", "text/event-stream",
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"claude\",\"stop_reason\":null,\"usage\":{\"input_tokens\":10,\"cache_creation_input_tokens\":3,\"cache_read_input_tokens\":20,\"output_tokens\":1}}}\n\n"
            + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
            + "event: ping\ndata: {\"type\": \"ping\"}\n\n"
            + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}\n\n"
            + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":42}}\n\n"
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
            "ok claude 33 42 20 end_turn"),
        new("Anthropic overloaded inside a 200", "/v1/messages", "text/event-stream",
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"claude\",\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}\n\n"
            + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
            "server claude 10 1  "),
        new("Gemini array", "/v1beta/models/gemini-2.5-flash:streamGenerateContent", "application/json",
            "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}],\"role\":\"model\"}}],\"usageMetadata\":{\"promptTokenCount\":8,\"totalTokenCount\":8},\"modelVersion\":\"gemini-2.5-flash-001\"}\n,\r\n"
            + "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":8,\"candidatesTokenCount\":4,\"thoughtsTokenCount\":6,\"cachedContentTokenCount\":1},\"modelVersion\":\"gemini-2.5-flash-001\"}]",
            "ok gemini-2.5-flash-001 8 10 1 STOP"),
        new("Gemini blocked", "/v1beta/models/gemini-2.5-flash:generateContent", "application/json", """{"promptFeedback":{"blockReason":"SAFETY"},"modelVersion":"g"}""", "model g    SAFETY", Streaming: false),
        new("Ollama lines", "/api/chat", "application/x-ndjson",
            "{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":false}\n{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":false}\n"
            + "{\"model\":\"llama3.2\",\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"total_duration\":5,\"load_duration\":2000000000,\"prompt_eval_count\":11,\"eval_count\":12}\n",
            "ok llama3.2 11 12  stop cold"),
        new("Ollama error line", "/api/generate", "application/x-ndjson", "{\"model\":\"llama3.2\",\"response\":\"a\",\"done\":false}\n{\"error\":\"an error was encountered\"}\n", "server llama3.2    "),
        new("Ollama lines that break off", "/api/generate", "application/x-ndjson", "{\"model\":\"llama3.2\",\"response\":\"a\",\"done\":false}\n", "network llama3.2    "),
        new("Embeddings", "/v1/embeddings", "application/json", """{"data":[{"embedding":[0.1,-2e-3,3]}],"model":"e","usage":{"prompt_tokens":5,"total_tokens":5}}""", "ok e 5   ", Streaming: false),
    ];

    public override string ToString() => Name;
}
