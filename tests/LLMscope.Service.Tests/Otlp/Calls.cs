using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Spans of calls as SDKs send them now.</summary>
internal static class Calls
{
    public static OtlpOrigin Shop { get; } = new(Of(("service.name", OtlpValue.Of("shop"))), "test");

    /// <summary>A call that ended now after a second.</summary>
    public static OtlpSpan Span(string model, string? span = null) => new(
        Guid.NewGuid().ToString("N"), span ?? Guid.NewGuid().ToString("N")[..16], "", $"chat {model}", 3, Now() - 1_000_000_000, Now(),
        Of(
            ("gen_ai.operation.name", OtlpValue.Of("chat")), ("gen_ai.provider.name", OtlpValue.Of("openai")), ("gen_ai.request.model", OtlpValue.Of(model)),
            ("gen_ai.usage.input_tokens", OtlpValue.Of(7L)), ("gen_ai.usage.output_tokens", OtlpValue.Of(50L))),
        [], 0, "");

    /// <summary>A call that ended before it began.</summary>
    public static OtlpSpan Wrong(string model) => Span(model) is var span ? span with { EndNanos = span.StartNanos - 5 } : throw new InvalidOperationException();

    /// <summary>No call of a model.</summary>
    public static OtlpSpan Other() => Span("none") with { Name = "GET /", Attributes = Of(("http.request.method", OtlpValue.Of("GET"))) };

    private static ulong Now() => (ulong)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static OtlpAttributes Of(params (string Name, OtlpValue Value)[] pairs) => new([.. pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
}
