namespace LLMscope.Client.Http;

/// <summary>Answers of Ollama: one document a line, the last of which says that it is done and what it took.</summary>
internal sealed class OllamaAnswer : Answer
{
    /// <summary>In nanoseconds. A model that lies in memory is there in less; one that takes longer was loaded for this call.</summary>
    private const long LoadingOfAColdStart = 1_000_000_000;

    public override void Take(ReadOnlySpan<byte> path, bool isText, ReadOnlySpan<byte> text)
    {
        if (path.SequenceEqual("message.content"u8) || path.SequenceEqual("response"u8) || path.SequenceEqual("message.thinking"u8)
            || path.SequenceEqual("thinking"u8) || path.StartsWith("message.tool_calls."u8))
            Token(isText, text);
        else if (path.SequenceEqual("done"u8))
            (IsFinished, IsOpen) = (text.SequenceEqual("true"u8), text.SequenceEqual("false"u8));
        else if (path.SequenceEqual("model"u8) && isText)
            Model = Text(text);
        else if (path.SequenceEqual("done_reason"u8) && isText)
            Finish(Text(text));
        else if (path.SequenceEqual("prompt_eval_count"u8))
            InputTokens = Number(text) ?? InputTokens;
        else if (path.SequenceEqual("eval_count"u8))
            OutputTokens = Number(text) ?? OutputTokens;
        else if (path.SequenceEqual("load_duration"u8))
            IsColdStart = Number(text) > LoadingOfAColdStart;
        else if (path.SequenceEqual("error"u8) || path.StartsWith("error."u8))
            Error(isText, text);
    }
}
