using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>
/// The calls among the spans of one request, each once. A framework's span around the span of the client library that it uses tells of the same call:
/// the innermost counts, which measures the least besides the model. What arrives in different requests is told apart by the key of the call alone.
/// </summary>
internal static class CallSelection
{
    private const int ServerSpan = 2;

    // More levels of spans between two calls than any framework has; a bound, since the parents come from outside and may form a ring.
    private const int MostLevels = 64;

    /// <returns>What each span is, in their order; an outer span of a call is none.</returns>
    public static MappedSpan[] Of(IReadOnlyList<(OtlpSpan Span, OtlpOrigin Origin)> spans) =>
        Of([.. spans.Select(one => (one.Span, SpanMapper.Map(one.Span, one.Origin)))]);

    /// <summary>The same for spans that were mapped one by one already.</summary>
    public static MappedSpan[] Of(IReadOnlyList<(OtlpSpan Span, MappedSpan Mapped)> spans)
    {
        var places = new Dictionary<(string Trace, string Span), int>(spans.Count);
        for (var i = 0; i < spans.Count; i++)
            places.TryAdd((spans[i].Span.TraceId, spans[i].Span.SpanId), i);

        // Against what was mapped, not what is left: the outermost of three is outer too.
        MappedSpan[] calls = [.. spans.Select(one => one.Mapped)];
        var mapped = calls.ToArray();
        for (var inner = 0; inner < calls.Length; inner++)
        {
            if (calls[inner].Call is not { } call)
                continue;

            var place = inner;
            for (var level = 0; level < MostLevels; level++)
            {
                // Who serves a request is another source than who makes it, even where both send to the same collector.
                var (span, _) = spans[place];
                if (span.Kind == ServerSpan || !places.TryGetValue((span.TraceId, span.ParentSpanId), out place) || place == inner)
                    break;

                // An answer that needs an embedding on its way is not that embedding.
                if (calls[place].Call is { } outer && (outer.Source.Operation == Operations.Embeddings) == (call.Source.Operation == Operations.Embeddings))
                    mapped[place] = MappedSpan.NoCall;
            }
        }

        return mapped;
    }
}
