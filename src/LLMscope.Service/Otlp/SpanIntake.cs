using LLMscope.Monitoring.Storage;
using LLMscope.Service.GenAi;
using LLMscope.Service.Samples;

namespace LLMscope.Service.Otlp;

/// <summary>
/// Takes the spans of one request as far as they are calls of models. The others are of no interest, and nothing is wrong with them;
/// they only tell which call is within which.
/// </summary>
/// <param name="mostCalls">Calls that one request may bring.</param>
internal sealed class SpanIntake(BatchBuilder batch, OtlpRejections rejections, MappedRules rules, int mostCalls)
{
    /// <summary>How many samples one call yields at most.</summary>
    public const int SamplesOfCall = 6;

    // Bounded by OtlpBounds.Spans, and the calls among them by mostCalls; what spans carry is gone once they are mapped.
    private readonly List<(OtlpSpan Span, MappedSpan Mapped)> _spans = [];
    private int _calls;

    /// <summary>Spans of the request, those without room included.</summary>
    public int Spans { get; private set; }

    public void Read(OtlpSpan span, OtlpOrigin origin)
    {
        Spans++;
        var mapped = SpanMapper.Map(span, origin);
        if (mapped.Fault is { } fault)
            rejections.Add(OtlpRejection.Wrong, $"span {Named(span)}: {fault}");
        else if (_spans.Count == OtlpBounds.Spans || (mapped.Call is not null && _calls == mostCalls))
            rejections.Add(OtlpRejection.TooMany, $"a request may bring {OtlpBounds.Spans} spans and {mostCalls} calls at most; send smaller batches");
        else
            Add(span, mapped);
    }

    /// <summary>Takes what was read, once all of it turned out right: only together the spans tell which of them are of the same call.</summary>
    public void Take()
    {
        var mapped = CallSelection.Of(_spans);
        for (var i = 0; i < mapped.Length; i++)
        {
            if (mapped[i].Call is not { } call)
                continue;

            if (rules.FaultOf(call) is { } fault)
                rejections.Add(OtlpRejection.Wrong, $"span {Named(_spans[i].Span)}: {fault}");
            else
                batch.Add(i, call, string.IsNullOrEmpty(mapped[i].Key) ? Guid.Empty : ItemKeys.Of("otlp", mapped[i].Key));
        }
    }

    private void Add(OtlpSpan span, MappedSpan mapped)
    {
        _calls += mapped.Call is null ? 0 : 1;
        _spans.Add((span with { Attributes = OtlpAttributes.Empty, Events = [] }, mapped));
    }

    private static string Named(OtlpSpan span) => span.SpanId.Length > 0 ? span.SpanId : "without an id";
}
