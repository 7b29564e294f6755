using System.Collections.Frozen;

namespace LLMscope.Service.GenAi;

/// <summary>
/// What a span does, in the words of gen_ai.operation.name. Only what one model answers at once is a call;
/// agents, workflows, chains, tools, retrievers and the rest are not: they repeat the tokens and the time of the calls that they make.
/// </summary>
internal static class Operations
{
    public const string Chat = "chat";
    public const string Embeddings = "embeddings";

    private const string TextCompletion = "text_completion";
    private const string GenerateContent = "generate_content";

    private static readonly FrozenDictionary<string, string> Calls = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [Chat] = Chat,
        ["chat.completions"] = Chat,
        ["chat_completion"] = Chat,
        ["chat_completions"] = Chat,
        ["messages"] = Chat,
        ["responses"] = Chat,
        ["call_llm"] = Chat,
        ["acompletion"] = Chat, // this and the others with an a in front: LiteLLM, by its asynchronous functions
        ["aresponses"] = Chat,
        ["anthropic_messages"] = Chat,
        ["llm"] = Chat,
        ["chat_model"] = Chat,
        ["generation"] = Chat,
        [GenerateContent] = GenerateContent,
        ["agenerate_content"] = GenerateContent,
        ["generate_content_stream"] = GenerateContent,
        ["agenerate_content_stream"] = GenerateContent,
        [TextCompletion] = TextCompletion,
        ["text.completions"] = TextCompletion,
        ["completion"] = TextCompletion,
        ["completions"] = TextCompletion,
        ["atext_completion"] = TextCompletion,
        [Embeddings] = Embeddings,
        ["embedding"] = Embeddings,
        ["embed"] = Embeddings,
        ["aembedding"] = Embeddings,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<KeyValuePair<string, string>> Renamed => Calls;

    /// <summary>What the values of <see cref="SpanFields.Operation"/> come to.</summary>
    /// <param name="operation">Of a call; empty where none says which.</param>
    /// <returns>False where one of them says that it is no call.</returns>
    public static bool TryAgree(IEnumerable<string> values, out string operation)
    {
        operation = "";
        foreach (var value in values)
        {
            if (IsSilent(value))
                continue;

            if (CallOf(value) is not { } call)
                return false;
            if (operation.Length == 0)
                operation = call;
        }

        return true;
    }

    private static bool IsSilent(string value) => value.Equals("unknown", StringComparison.OrdinalIgnoreCase);

    private static string? CallOf(string value)
    {
        // The Vercel AI SDK: ai.generateText is the outer span, with all steps and tools; ai.generateText.doGenerate is the call.
        if (value.StartsWith("ai.", StringComparison.Ordinal))
        {
            return value.EndsWith(".doGenerate", StringComparison.Ordinal) || value.EndsWith(".doStream", StringComparison.Ordinal) ? Chat
                : value.EndsWith(".doEmbed", StringComparison.Ordinal) ? Embeddings
                : null;
        }

        return Calls.GetValueOrDefault(value.Trim('"'));
    }
}
