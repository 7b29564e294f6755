using System.Collections.Frozen;

namespace LLMscope.Service.GenAi;

/// <summary>One name for each provider, as gen_ai.provider.name of the current convention has it, whatever an emitter calls it.</summary>
internal static class Providers
{
    // What the Vercel AI SDK adds to the name of a provider: the interface that is called.
    private static readonly string[] Interfaces = [".chat", ".responses", ".completion", ".embedding", ".textEmbedding", ".messages"];

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["az.ai.openai"] = "azure.ai.openai",
        ["azure"] = "azure.ai.openai",
        ["azure-openai"] = "azure.ai.openai",
        ["azure_openai"] = "azure.ai.openai",
        ["az.ai.inference"] = "azure.ai.inference",
        ["azure_ai"] = "azure.ai.inference",
        ["xai"] = "x_ai",
        ["gemini"] = "gcp.gemini",
        ["google"] = "gcp.gemini",
        ["google.generative-ai"] = "gcp.gemini",
        ["google_ai_studio"] = "gcp.gemini",
        ["vertex_ai"] = "gcp.vertex_ai",
        ["vertexai"] = "gcp.vertex_ai",
        ["google.vertex"] = "gcp.vertex_ai",
        ["google-vertex"] = "gcp.vertex_ai",
        ["gcp.vertex.agent"] = "gcp.vertex_ai",
        ["ibm.watson.ai"] = "ibm.watsonx.ai",
        ["watsonx"] = "ibm.watsonx.ai",
        ["aws"] = "aws.bedrock",
        ["bedrock"] = "aws.bedrock",
        ["aws_bedrock"] = "aws.bedrock",
        ["amazon-bedrock"] = "aws.bedrock",
        ["mistral"] = "mistral_ai",
        ["mistralai"] = "mistral_ai",
        ["moonshot"] = "moonshot_ai",
        ["moonshotai"] = "moonshot_ai",
        ["hosted_vllm"] = "vllm",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // What some emitters name where a provider belongs.
    private static readonly FrozenSet<string> Frameworks =
        new[] { "langchain", "langgraph", "llamaindex", "llama_index", "crewai", "haystack", "litellm", "_other", "unknown" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly (string Host, string Provider)[] Hosts =
    [
        (".openai.azure.com", "azure.ai.openai"), (".services.ai.azure.com", "azure.ai.inference"), ("api.openai.com", "openai"), ("api.anthropic.com", "anthropic"),
        ("generativelanguage.googleapis.com", "gcp.gemini"), ("aiplatform.googleapis.com", "gcp.vertex_ai"), (".amazonaws.com", "aws.bedrock"), ("api.mistral.ai", "mistral_ai"),
        ("api.groq.com", "groq"), ("api.deepseek.com", "deepseek"), ("api.x.ai", "x_ai"), ("api.cohere.com", "cohere"), ("api.perplexity.ai", "perplexity"),
        ("openrouter.ai", "openrouter"),
    ];

    public static IEnumerable<KeyValuePair<string, string>> Renamed => Aliases;

    /// <returns>Null where it names no provider.</returns>
    public static string? Named(string name)
    {
        foreach (var called in Interfaces)
        {
            if (name.EndsWith(called, StringComparison.Ordinal) && name.Length > called.Length)
                name = name[..^called.Length];
        }

        return Frameworks.Contains(name) ? null : Aliases.GetValueOrDefault(name) ?? name.ToLowerInvariant();
    }

    /// <summary>Who answers from a host that only one provider has.</summary>
    public static string? At(string address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Host.Length > 0)
            address = url.Host;

        foreach (var (host, provider) in Hosts)
        {
            if (address.EndsWith(host, StringComparison.OrdinalIgnoreCase))
                return provider;
        }

        return null;
    }
}
