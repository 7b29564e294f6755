namespace LLMscope.Service.Samples;

/// <summary>A sample as it is sent. The parser reads it without this type; the API description is made of it.</summary>
/// <param name="Id">The idempotency key: what is sent again with the same id within two days is stored once.</param>
/// <param name="Time">When it was measured, RFC 3339; the time of arrival where it is left out.</param>
/// <param name="Host">The machine that it was measured on, for a value of a host.</param>
/// <param name="Device">The part of the host, for example <c>GPU 0 NVIDIA L4</c> or <c>/var</c>.</param>
/// <param name="Characteristic">What was measured, for example <c>duration</c> or <c>time_to_first_token</c>.</param>
/// <param name="Unit">A UCUM symbol such as <c>ms</c>; the base unit of the characteristic where it is left out.</param>
internal sealed record SampleDocument(
    string? Id, DateTimeOffset? Time, string? Site, string? Provider, string? Model, string? Operation, string? Application,
    string? Host, string? Device, string Characteristic, string? Unit, double Value);

/// <summary>A call as it is sent.</summary>
internal sealed record CallDocument(
    string? Id, DateTimeOffset? Time, string? Provider, string? Model, string? ServedModel, string? Operation, string? Application, string? Site,
    double? DurationMs, double? TtftMs, int? InputTokens, int? OutputTokens, int? CachedTokens, string? Status, string? ErrorCategory, int? HttpStatus,
    int? Attempt, bool? CacheHit, bool? ColdStart, bool? Streaming, string? TraceId, string? PromptHmac, string? PromptVersion, double? CostUsd, string? FinishReason);
