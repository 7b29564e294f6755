namespace LLMscope.Client.Http;

/// <summary>What a request tells of itself: the model, whether the answer shall be streamed, and the identity of its prompt where a key is set.</summary>
internal sealed class Question(PromptIdentity? identity) : JsonSink
{
    public string? Model { get; private set; }

    public bool? Streaming { get; private set; }

    public override void Take(ReadOnlySpan<byte> path, bool isText, ReadOnlySpan<byte> text)
    {
        if (isText && path.SequenceEqual("model"u8))
            Model = Text(text);
        else if (!isText && path.SequenceEqual("stream"u8))
            Streaming = text.SequenceEqual("true"u8);
        if (isText && IsPrompt(path))
            identity?.EndPart();
    }

    public override void TakePiece(ReadOnlySpan<byte> path, ReadOnlySpan<byte> piece)
    {
        if (identity is not null && IsPrompt(path))
            identity.Add(piece);
    }

    // As the protocols name what the model is asked; roles and texts in the order in which they are sent.
    private static bool IsPrompt(ReadOnlySpan<byte> path) =>
        path.StartsWith("messages"u8) || path.StartsWith("prompt"u8) || path.StartsWith("input"u8) || path.StartsWith("instructions"u8)
        || path.StartsWith("system"u8) || path.StartsWith("contents"u8);
}
