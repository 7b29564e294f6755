namespace LLMscope.Client.Http;

/// <summary>Chat completions, completions, embeddings and responses of OpenAI and of the many servers that speak as it does.</summary>
/// <remarks>A fine point of the protocol: use comes in a chunk of its own with no choices, before <c>[DONE]</c>, and only where it was asked for.</remarks>
internal sealed class OpenAiAnswer : Answer
{
    public override void Take(ReadOnlySpan<byte> path, bool isText, ReadOnlySpan<byte> text)
    {
        if (path.StartsWith("response."u8))
            path = path["response."u8.Length..]; // A stream of responses wraps what a single response is.
        switch (path.Length)
        {
            case 0:
                IsFinished |= text.SequenceEqual("DONE"u8);
                break;
            case 4 when isText && path.SequenceEqual("type"u8):
                TakeType(text);
                break;
            case 5 when isText && path.SequenceEqual("model"u8):
                Model = Text(text);
                break;
            default:
                if (path.StartsWith("choices."u8))
                    TakeChoice(path["choices."u8.Length..], isText, text);
                else if (path.StartsWith("usage."u8))
                    TakeUsage(path["usage."u8.Length..], text);
                else if (path.SequenceEqual("error"u8) || path.StartsWith("error."u8))
                    Error(isText, text);
                else if (path.SequenceEqual("incomplete_details.reason"u8) && isText)
                    Finish(Text(text));
                break;
        }
    }

    private void TakeType(ReadOnlySpan<byte> type)
    {
        if (!type.StartsWith("response."u8))
            return;

        if (type.EndsWith(".delta"u8))
            Token(isText: true, type);
        else if (type.SequenceEqual("response.completed"u8))
            Finish("completed");
        else if (type.SequenceEqual("response.incomplete"u8))
            IsFinished = true;
        else if (type.SequenceEqual("response.failed"u8))
            Error(isText: true, "failed"u8);
    }

    private void TakeChoice(ReadOnlySpan<byte> path, bool isText, ReadOnlySpan<byte> text)
    {
        if (path.SequenceEqual("finish_reason"u8))
        {
            if (isText)
                Finish(Text(text));
        }
        else if (path.SequenceEqual("delta.content"u8) || path.SequenceEqual("delta.reasoning_content"u8) || path.SequenceEqual("delta.reasoning"u8)
            || path.SequenceEqual("delta.refusal"u8) || path.SequenceEqual("text"u8)
            || path.StartsWith("delta.tool_calls."u8) || path.StartsWith("delta.function_call."u8))
        {
            Token(isText, text);
        }
        else if (path.StartsWith("error."u8))
        {
            Error(isText, text);
        }
    }

    private void TakeUsage(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text)
    {
        if (path.SequenceEqual("prompt_tokens"u8) || path.SequenceEqual("input_tokens"u8))
            InputTokens = Number(text) ?? InputTokens;
        else if (path.SequenceEqual("completion_tokens"u8) || path.SequenceEqual("output_tokens"u8))
            OutputTokens = Number(text) ?? OutputTokens;
        else if (path.SequenceEqual("prompt_tokens_details.cached_tokens"u8) || path.SequenceEqual("input_tokens_details.cached_tokens"u8)
            || path.SequenceEqual("prompt_cache_hit_tokens"u8))
            CachedTokens = Number(text) ?? CachedTokens;
    }
}
