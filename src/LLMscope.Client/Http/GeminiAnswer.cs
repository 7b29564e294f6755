namespace LLMscope.Client.Http;

/// <summary>Content of Gemini: one document, an array of them that comes in pieces, or events. Each brings the use so far.</summary>
internal sealed class GeminiAnswer : Answer
{
    private long? _visible;
    private long? _thoughts;

    public override long? OutputTokens
    {
        get => _visible is null && _thoughts is null ? null : (_visible ?? 0) + (_thoughts ?? 0);
        protected set => _visible = value;
    }

    public override void Take(ReadOnlySpan<byte> path, bool isText, ReadOnlySpan<byte> text)
    {
        if (path.StartsWith("candidates.content.parts."u8))
            Token(isText, text);
        else if (path.SequenceEqual("candidates.finishReason"u8) && isText)
            Finish(Text(text));
        else if (path.SequenceEqual("modelVersion"u8) && isText)
            Model = Text(text);
        else if (path.StartsWith("usageMetadata."u8))
            TakeUsage(path["usageMetadata."u8.Length..], text);
        else if (path.SequenceEqual("promptFeedback.blockReason"u8) && isText)
            Finish("SAFETY");
        else if (path.StartsWith("error."u8))
            Error(isText, text);
    }

    private void TakeUsage(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text)
    {
        if (path.SequenceEqual("promptTokenCount"u8))
            InputTokens = Number(text) ?? InputTokens;
        else if (path.SequenceEqual("candidatesTokenCount"u8))
            _visible = Number(text) ?? _visible;
        else if (path.SequenceEqual("thoughtsTokenCount"u8))
            _thoughts = Number(text) ?? _thoughts;
        else if (path.SequenceEqual("cachedContentTokenCount"u8))
            CachedTokens = Number(text) ?? CachedTokens;
    }
}
