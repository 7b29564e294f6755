namespace LLMscope.Monitoring.Samples;

/// <summary>One LLM request with its context. It is stored as it is, and it yields samples.</summary>
/// <param name="Time">When it was answered or given up, in UTC.</param>
/// <param name="Duration">From request to the last token, in seconds.</param>
/// <param name="TimeToFirstToken">From request to the first token, in seconds; for streamed answers.</param>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="FinishReason">Why the answer ended, as the provider says it: stop, length, tool_calls, content_filter.</param>
/// <param name="PromptHmac">The identity of the prompt by HMAC-SHA-256; never its text.</param>
public sealed record Call(
    Source Source,
    DateTime Time,
    double? Duration,
    double? TimeToFirstToken = null,
    int? InputTokens = null,
    int? OutputTokens = null,
    int? CachedTokens = null,
    CallStatus Status = CallStatus.Ok,
    ErrorCategory? ErrorCategory = null,
    int? HttpStatus = null,
    int Attempt = 1,
    bool CacheHit = false,
    bool ColdStart = false,
    bool? Streaming = null,
    string? TraceId = null,
    string? PromptHmac = null,
    string? PromptVersion = null,
    double? CostUsd = null,
    string? FinishReason = null);

public enum CallStatus : byte
{
    Ok = 0,
    Error = 1,
}

public enum ErrorCategory : byte
{
    Client = 1,
    Server = 2,
    Network = 3,
    Model = 4,
    Timeout = 5,

    /// <summary>Refused because of how much was asked for in a time (HTTP 429).</summary>
    RateLimit = 6,

    /// <summary>Given up by who asked, which is no fault of who answers.</summary>
    Cancelled = 7,
}
