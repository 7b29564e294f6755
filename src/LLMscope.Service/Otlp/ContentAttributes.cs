namespace LLMscope.Service.Otlp;

/// <summary>
/// The attributes that carry what people and models wrote, in all conventions: OpenTelemetry, OpenLLMetry, OpenInference, Vercel AI SDK,
/// Langfuse. Their values are never read.
/// </summary>
internal static class ContentAttributes
{
    /// <summary>Names as they are; each also stands for every name that goes on after it with a full stop.</summary>
    private static readonly byte[][] Names = [.. new[]
    {
        "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions", "gen_ai.tool.definitions",
        "gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "gen_ai.retrieval.documents", "gen_ai.retrieval.query.text",
        "gen_ai.content", "gen_ai.event.content", "gen_ai.evaluation.explanation",
        "traceloop.entity.input", "traceloop.entity.output",
        "llm.input_messages", "llm.output_messages", "llm.prompts", "llm.completions", "llm.tools", "llm.function_call",
        "llm.prompt_template.template", "llm.prompt_template.variables",
        "input.value", "output.value", "embedding.embeddings", "embedding.text", "embedding.vector", "retrieval.documents",
        "reranker.query", "reranker.input_documents", "reranker.output_documents", "tool.parameters", "message.content", "message.contents",
        "ai.prompt", "ai.response.text", "ai.response.object", "ai.response.toolCalls", "ai.response.reasoning", "ai.response.files",
        "ai.toolCall.args", "ai.toolCall.result", "ai.value", "ai.values", "ai.embedding", "ai.embeddings",
        "langfuse.observation.input", "langfuse.observation.output", "langfuse.trace.input", "langfuse.trace.output",
        "exception.stacktrace", "content",
    }.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Names that are content with a number after them: <c>gen_ai.prompt.0.content</c> is, <c>gen_ai.prompt.version</c> is not.</summary>
    private static readonly byte[][] Numbered = [.. new[] { "gen_ai.prompt", "gen_ai.completion" }.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <param name="name">In UTF-8.</param>
    public static bool Include(ReadOnlySpan<byte> name)
    {
        foreach (var content in Names)
        {
            if (name.StartsWith(content) && (name.Length == content.Length || name[content.Length] == (byte)'.'))
                return true;
        }

        foreach (var content in Numbered)
        {
            if (name.StartsWith(content) && (name.Length == content.Length || IsNumber(name[content.Length..])))
                return true;
        }

        return false;
    }

    // Why an answer ended is no content, whichever answer it was.
    private static bool IsNumber(ReadOnlySpan<byte> rest) =>
        rest.Length > 1 && rest[0] == (byte)'.' && char.IsAsciiDigit((char)rest[1]) && !rest.EndsWith(".finish_reason"u8);
}
