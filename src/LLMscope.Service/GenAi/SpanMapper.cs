using LLMscope.Monitoring.Samples;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>Makes the call of a model out of a span, whichever convention named its attributes.</summary>
internal static class SpanMapper
{
    /// <summary>What a span is.</summary>
    /// <returns>A call with its key; nothing where the span is none of a model; a fault where it is one and cannot be read.</returns>
    public static MappedSpan Map(OtlpSpan span, OtlpOrigin origin) => MappedSpan.NoCall;
}

/// <param name="Call">Null where the span is no call of a model, or a wrong one.</param>
/// <param name="Key">What the same call has again when it is sent again or seen by another instrumentation.</param>
/// <param name="Fault">Why a call cannot be taken; null where nothing is wrong.</param>
internal readonly record struct MappedSpan(Call? Call, string Key, string? Fault)
{
    public static MappedSpan NoCall => default;
}
