using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Service.GenAi;
using LLMscope.Service.Samples;

namespace LLMscope.Service.Otlp;

/// <summary>Takes the spans of one request as far as they are calls of models. The others are of no interest, and nothing is wrong with them.</summary>
/// <param name="mostCalls">Calls that one request may bring.</param>
internal sealed class SpanIntake(BatchBuilder batch, OtlpRejections rejections, MappedRules rules, int mostCalls)
{
    /// <summary>How many samples one call yields at most.</summary>
    public const int SamplesOfCall = 6;

    private int _calls;

    public int Spans { get; private set; }

    public void Take(OtlpSpan span, OtlpOrigin origin)
    {
        Spans++;
        var mapped = SpanMapper.Map(span, origin);
        if (mapped.Fault is { } fault)
            rejections.Add(OtlpRejection.Wrong, $"span {Named(span)}: {fault}");
        else if (mapped.Call is { } call)
            Take(span, call, mapped.Key);
    }

    private void Take(OtlpSpan span, Call call, string? key)
    {
        if (rules.FaultOf(call) is { } fault)
            rejections.Add(OtlpRejection.Wrong, $"span {Named(span)}: {fault}");
        else if (_calls == mostCalls)
            rejections.Add(OtlpRejection.TooMany, $"a request may bring {mostCalls} calls at most; send smaller batches");
        else
            batch.Add(_calls++, call, string.IsNullOrEmpty(key) ? Guid.Empty : ItemKeys.Of("otlp", key));
    }

    private static string Named(OtlpSpan span) => span.SpanId.Length > 0 ? span.SpanId : "without an id";
}
