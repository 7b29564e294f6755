using System.Collections.Frozen;

namespace LLMscope.Client.Http;

/// <summary>Which protocol a request speaks, told by its address.</summary>
/// <param name="Provider">By the convention of OpenTelemetry where there is one; else the host, since many servers speak as OpenAI does.</param>
/// <param name="Model">Where the address names it.</param>
/// <param name="StreamsUnlessTold">Whether the answer is streamed where the request does not say.</param>
internal sealed record Protocol(string Operation, string Provider, Func<Answer> NewAnswer, string? Model = null, bool StreamsUnlessTold = false)
{
    private const int OllamaPort = 11434;

    private static readonly FrozenDictionary<string, string> KnownHosts = new Dictionary<string, string>
    {
        ["api.openai.com"] = "openai",
        ["api.anthropic.com"] = "anthropic",
        ["api.deepseek.com"] = "deepseek",
        ["api.groq.com"] = "groq",
        ["api.mistral.ai"] = "mistral_ai",
        ["api.perplexity.ai"] = "perplexity",
        ["api.x.ai"] = "x_ai",
        ["openrouter.ai"] = "openrouter",
        ["api.together.xyz"] = "together_ai",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <returns>Null where it is none that is known.</returns>
    public static Protocol? Of(Uri? address)
    {
        if (address is not { IsAbsoluteUri: true })
            return null;

        var path = address.AbsolutePath.AsSpan().TrimEnd('/');
        return path.EndsWith("/chat/completions") ? new Protocol("chat", HostOf(address, "openai"), static () => new OpenAiAnswer())
            : path.EndsWith("/completions") ? new Protocol("text_completion", HostOf(address, "openai"), static () => new OpenAiAnswer())
            : path.EndsWith("/v1/responses") || path.EndsWith("/openai/responses") ? new Protocol("chat", HostOf(address, "openai"), static () => new OpenAiAnswer())
            : path.EndsWith("/v1/messages") ? new Protocol("chat", HostOf(address, "anthropic"), static () => new AnthropicAnswer())
            : path.EndsWith("/api/chat") ? Ollama("chat", streams: true)
            : path.EndsWith("/api/generate") ? Ollama("text_completion", streams: true)
            : path.EndsWith("/api/embed") || path.EndsWith("/api/embeddings") ? Ollama("embeddings", streams: false)
            : path.EndsWith("/embeddings") ? new Protocol("embeddings", HostOf(address, "openai"), static () => new OpenAiAnswer())
            : Gemini(path);
    }

    private static Protocol Ollama(string operation, bool streams) => new(operation, "ollama", static () => new OllamaAnswer(), StreamsUnlessTold: streams);

    private static Protocol? Gemini(ReadOnlySpan<char> path)
    {
        // /v1beta/models/gemini-2.5-flash:streamGenerateContent
        var (models, colon) = (path.LastIndexOf("models/"), path.LastIndexOf(':'));
        if (models < 0 || colon < models)
            return null;

        var model = path[(models + "models/".Length)..colon].ToString();
        return path[(colon + 1)..] switch
        {
            "generateContent" => new Protocol("generate_content", "gcp.gemini", static () => new GeminiAnswer(), model),
            "streamGenerateContent" => new Protocol("generate_content", "gcp.gemini", static () => new GeminiAnswer(), model, StreamsUnlessTold: true),
            "embedContent" or "batchEmbedContents" => new Protocol("embeddings", "gcp.gemini", static () => new GeminiAnswer(), model),
            _ => null,
        };
    }

    private static string HostOf(Uri address, string own) =>
        KnownHosts.TryGetValue(address.Host, out var known) ? known
        : address.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase) ? "azure.ai.openai"
        : address.Port == OllamaPort ? "ollama"
        : own == "anthropic" ? own
        : address.Authority;
}
