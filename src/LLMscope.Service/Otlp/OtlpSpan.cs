namespace LLMscope.Service.Otlp;

/// <summary>A span with what is read of it.</summary>
/// <param name="TraceId">In lower-case hexadecimal digits; empty where it is missing.</param>
/// <param name="SpanId">Likewise.</param>
/// <param name="ParentSpanId">Likewise; empty for a root.</param>
/// <param name="Kind">SpanKind: 1 internal, 2 server, 3 client, 4 producer, 5 consumer.</param>
/// <param name="StartNanos">Since 1970.</param>
/// <param name="EndNanos">Since 1970.</param>
/// <param name="StatusCode">0 unset, 1 ok, 2 error.</param>
internal sealed record OtlpSpan(
    string TraceId, string SpanId, string ParentSpanId, string Name, int Kind, ulong StartNanos, ulong EndNanos,
    OtlpAttributes Attributes, IReadOnlyList<OtlpEvent> Events, int StatusCode, string StatusMessage);

internal sealed record OtlpEvent(ulong TimeNanos, string Name, OtlpAttributes Attributes);

/// <summary>Where spans and metrics come from: the attributes of the resource and the name of the instrumentation scope.</summary>
internal sealed record OtlpOrigin(OtlpAttributes Resource, string Scope)
{
    public static OtlpOrigin Unknown { get; } = new(OtlpAttributes.Empty, "");
}
