using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace LLMscope.Service.Otlp;

/// <summary>
/// Text from UTF-8, the same for both encodings: cut to its bound, control characters as spaces, what is no UTF-8 as U+FFFD.
/// Names that every request brings are found, not made.
/// </summary>
internal static class OtlpText
{
    private const int LongestKnown = 64;

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl)]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known = new[]
    {
        "service.name", "service.version", "service.namespace", "service.instance.id", "deployment.environment", "deployment.environment.name", "host.name",
        "telemetry.sdk.name", "telemetry.sdk.language", "telemetry.sdk.version", "server.address", "server.port", "error.type", "peer.service",
        "gen_ai.system", "gen_ai.provider.name", "gen_ai.operation.name", "gen_ai.request.model", "gen_ai.response.model", "gen_ai.response.id",
        "gen_ai.request.temperature", "gen_ai.request.top_p", "gen_ai.request.max_tokens", "gen_ai.request.stream", "gen_ai.is_streaming",
        "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.prompt_tokens", "gen_ai.usage.completion_tokens", "gen_ai.usage.total_tokens",
        "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.reasoning.output_tokens", "gen_ai.token.type",
        "gen_ai.response.finish_reasons", "gen_ai.response.time_to_first_chunk", "gen_ai.latency.time_to_first_token", "gen_ai.latency.e2e",
        "llm.request.type", "llm.is_streaming", "llm.usage.total_tokens", "llm.model_name", "llm.provider", "llm.system", "openinference.span.kind",
        "llm.token_count.prompt", "llm.token_count.completion", "llm.token_count.total", "traceloop.span.kind", "traceloop.workflow.name",
        "ai.operationId", "ai.model.id", "ai.model.provider", "ai.response.model", "ai.response.finishReason", "ai.usage.promptTokens", "ai.usage.completionTokens",
        "http.request.method", "http.response.status_code", "http.route", "url.full", "url.path", "url.scheme", "network.protocol.version",
        "chat", "completion", "embeddings", "openai", "anthropic", "stop", "input", "output", "python", "nodejs", "opentelemetry",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= LongestKnown)
            return OfShort(utf8);

        var text = Encoding.UTF8.GetString(Cut(utf8));
        return text.AsSpan().ContainsAny(Controls) ? string.Create(text.Length, text, static (to, from) => ReplaceControls(from, to)) : text;
    }

    private static string OfShort(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[LongestKnown];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        if (text.ContainsAny(Controls))
            ReplaceControls(text, text);

        return text.IsEmpty ? "" : Known.TryGetValue(text, out var known) ? known : new string(text);
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= OtlpBounds.Text)
            return utf8;

        // Not within a character: bytes that continue one begin with 10.
        var end = OtlpBounds.Text;
        while (end > OtlpBounds.Text - 3 && (utf8[end] & 0xC0) == 0x80)
            end--;

        return utf8[..end];
    }

    private static void ReplaceControls(ReadOnlySpan<char> from, Span<char> to)
    {
        for (var i = 0; i < from.Length; i++)
            to[i] = char.IsControl(from[i]) ? ' ' : from[i];
    }
}
