namespace LLMscope.Client.Http;

/// <summary>Messages of Anthropic. Its input tokens exclude the cached ones, which LLMscope counts among them.</summary>
internal sealed class AnthropicAnswer : Answer
{
    private long? _uncached;
    private long? _written;

    public override long? InputTokens
    {
        get => _uncached is null ? null : _uncached + (CachedTokens ?? 0) + (_written ?? 0);
        protected set => _uncached = value;
    }

    public override void Take(ReadOnlySpan<byte> path, bool isText, ReadOnlySpan<byte> text)
    {
        if (path.StartsWith("message."u8))
            path = path["message."u8.Length..]; // The first event of a stream wraps what a single message is.
        if (path.SequenceEqual("type"u8))
            IsFinished |= text.SequenceEqual("message_stop"u8);
        else if (path.SequenceEqual("model"u8) && isText)
            Model = Text(text);
        else if (path.SequenceEqual("delta.text"u8) || path.SequenceEqual("delta.thinking"u8) || path.SequenceEqual("delta.partial_json"u8))
            Token(isText, text);
        else if ((path.SequenceEqual("delta.stop_reason"u8) || path.SequenceEqual("stop_reason"u8)) && isText)
            Finish(Text(text));
        else if (path.StartsWith("usage."u8))
            TakeUsage(path["usage."u8.Length..], text);
        else if (path.StartsWith("error."u8))
            Error(isText, text);
    }

    // The numbers of later events include those of earlier ones.
    private void TakeUsage(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text)
    {
        if (path.SequenceEqual("input_tokens"u8))
            _uncached = Number(text) ?? _uncached;
        else if (path.SequenceEqual("output_tokens"u8))
            OutputTokens = Number(text) ?? OutputTokens;
        else if (path.SequenceEqual("cache_read_input_tokens"u8))
            CachedTokens = Number(text) ?? CachedTokens;
        else if (path.SequenceEqual("cache_creation_input_tokens"u8))
            _written = Number(text) ?? _written;
    }
}
