using System.Text.Json;

namespace LLMscope.Client;

/// <summary>One LLM request in numbers. It has no place for the text of a prompt or an answer.</summary>
public sealed record MeasuredCall : Measurement
{
    /// <summary>For example <c>openai</c> or <c>ollama</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>The model that was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>The model that answered.</summary>
    public string? ServedModel { get; init; }

    /// <summary>For example <c>chat</c> or <c>embeddings</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>Where it differs from the one of the options.</summary>
    public string? Application { get; init; }

    /// <summary>Where it differs from the one of the options.</summary>
    public string? Site { get; init; }

    /// <summary>From the request to the end of the answer.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>From the request to the first token, for streamed answers.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>All tokens of the prompt, cached ones among them.</summary>
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>Tokens of the prompt that came from a cache of the provider.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public CallFault? Fault { get; init; }

    public int? HttpStatus { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; init; } = 1;

    public bool CacheHit { get; init; }

    /// <summary>Whether the model had to be loaded first.</summary>
    public bool ColdStart { get; init; }

    public bool? Streaming { get; init; }

    public string? TraceId { get; init; }

    /// <summary>The identity of the prompt; see <see cref="LLMscopeOptions.PromptKey"/>.</summary>
    public string? PromptHmac { get; init; }

    public string? PromptVersion { get; init; }

    public double? CostUsd { get; init; }

    /// <summary>Why the answer ended, as the provider says it.</summary>
    public string? FinishReason { get; init; }

    internal override string Path => "api/v1/calls?partial=true";

    internal override void Write(Utf8JsonWriter json, string id, LLMscopeOptions options)
    {
        json.WriteStartObject();
        WriteHead(json, id);
        WriteText(json, "provider"u8, Provider);
        WriteText(json, "model"u8, Model);
        WriteText(json, "servedModel"u8, ServedModel);
        WriteText(json, "operation"u8, Operation);
        WriteText(json, "application"u8, Application ?? options.Application);
        WriteText(json, "site"u8, Site ?? options.Site);
        WriteTimes(json);
        WriteTokens(json, "inputTokens"u8, InputTokens);
        WriteTokens(json, "outputTokens"u8, OutputTokens);
        WriteTokens(json, "cachedTokens"u8, CachedTokens);
        if (Fault is { } fault)
        {
            json.WriteString("status"u8, "error"u8);
            json.WriteString("errorCategory"u8, NameOf(fault));
        }

        if (HttpStatus is { } status and >= 100 and <= 599)
            json.WriteNumber("httpStatus"u8, status);
        if (Attempt > 1)
            json.WriteNumber("attempt"u8, Math.Min(Attempt, 1_000));
        if (CacheHit)
            json.WriteBoolean("cacheHit"u8, true);
        if (ColdStart)
            json.WriteBoolean("coldStart"u8, true);
        if (Streaming is { } streaming)
            json.WriteBoolean("streaming"u8, streaming);
        if (TraceId is { Length: <= 64 })
            WriteText(json, "traceId"u8, TraceId);
        if (PromptHmac is { Length: <= 128 })
            WriteText(json, "promptHmac"u8, PromptHmac);
        WriteText(json, "promptVersion"u8, PromptVersion);
        if (CostUsd is { } cost and >= 0 && double.IsFinite(cost))
            json.WriteNumber("costUsd"u8, cost);
        WriteText(json, "finishReason"u8, FinishReason);
        json.WriteEndObject();
    }

    private void WriteTimes(Utf8JsonWriter json)
    {
        if (Duration is not { } duration || duration < TimeSpan.Zero)
            return;

        json.WriteNumber("durationMs"u8, duration.TotalMilliseconds);
        if (TimeToFirstToken is { } first && first >= TimeSpan.Zero && first <= duration)
            json.WriteNumber("ttftMs"u8, first.TotalMilliseconds);
    }

    private static void WriteTokens(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? tokens)
    {
        if (tokens is { } number and >= 0 and <= int.MaxValue)
            json.WriteNumber(name, number);
    }

    private static ReadOnlySpan<byte> NameOf(CallFault fault) => fault switch
    {
        CallFault.Client => "client"u8,
        CallFault.Network => "network"u8,
        CallFault.Model => "model"u8,
        CallFault.Timeout => "timeout"u8,
        CallFault.RateLimit => "rateLimit"u8,
        CallFault.Cancelled => "cancelled"u8,
        _ => "server"u8,
    };
}
