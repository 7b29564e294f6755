namespace LLMscope.Client.Http;

/// <summary>What an answer tells of itself in the words of one protocol: facts, never its text.</summary>
internal abstract class Answer : JsonSink
{
    public string? Model { get; protected set; }

    /// <summary>All tokens of the prompt, cached ones among them.</summary>
    public virtual long? InputTokens { get; protected set; }

    public virtual long? OutputTokens { get; protected set; }

    public long? CachedTokens { get; protected set; }

    public string? FinishReason { get; private set; }

    /// <summary>An error inside of an answer that began well, or an answer that the model refused.</summary>
    public CallFault? Fault { get; private set; }

    public bool IsColdStart { get; protected set; }

    /// <summary>Whether a token of the answer has come; a frame that only says who speaks is none.</summary>
    public bool HasToken { get; private set; }

    /// <summary>Whether the answer has said that it is over.</summary>
    public bool IsFinished { get; protected set; }

    /// <summary>Whether the answer has said that it is not over.</summary>
    public bool IsOpen { get; protected set; }

    protected void Finish(string reason)
    {
        FinishReason = reason;
        IsFinished = true;
        if (FaultOf.IsRefusal(reason))
            Fault ??= CallFault.Model;
    }

    protected void Token(bool isText, ReadOnlySpan<byte> text) => HasToken |= isText && !text.IsEmpty;

    /// <summary>Any word of an error: the first makes it one, and one that is known says of which kind.</summary>
    protected void Error(bool isText, ReadOnlySpan<byte> text)
    {
        if (!isText && text.SequenceEqual("null"u8))
            return;

        var known = isText ? FaultOf.Words(Text(text)) : Number(text) is { } status and <= 599 ? FaultOf.Status((int)status) : null;
        if (known is not null && Fault is null or CallFault.Server)
            Fault = known;
        Fault ??= CallFault.Server;
    }
}
