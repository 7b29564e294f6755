using LLMscope.Monitoring.Samples;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>Makes the call of a model out of a span, whichever convention named its attributes (<see cref="SpanFields"/>).</summary>
internal static class SpanMapper
{
    // Identities that a server counts up or draws from few numbers come again for other calls; Ollama's chatcmpl-123 is one of a thousand.
    private const int ShortestResponseId = 16;

    private static readonly TimeSpan LongestCall = TimeSpan.FromDays(1);

    /// <summary>What a span is.</summary>
    /// <returns>A call with its key; nothing where the span is none of a model; a fault where it is one and cannot be read.</returns>
    public static MappedSpan Map(OtlpSpan span, OtlpOrigin origin)
    {
        var read = new AttributeReader(span.Attributes);
        if (!IsCall(span, read, out var operation))
            return MappedSpan.NoCall;

        var source = CallSource.Of(read, origin, operation);
        if (source is { Model: "", Provider: "" })
            return MappedSpan.Wrong($"the span '{CleanText.Of(span.Name)}' is a call but names neither a model nor a provider");
        if (FaultOfTimes(span) is { } fault)
            return MappedSpan.Wrong($"the span '{CleanText.Of(span.Name)}' {fault}");

        var timing = CallTiming.Of(span, read);
        var outcome = CallOutcome.Of(span, read);
        var cached = read.Whole(SpanFields.CachedTokens);
        var call = new Call(
            source,
            NanoTime.Utc(span.EndNanos),
            timing.Duration,
            operation == Operations.Embeddings ? null : timing.FirstToken,
            InputTokens(read, source.Provider, cached),
            read.Whole(SpanFields.OutputTokens),
            cached,
            outcome.Status,
            outcome.Category,
            outcome.HttpStatus,
            Streaming: read.Flag(SpanFields.Streaming) ?? StreamingByName(span),
            TraceId: span.TraceId.Length > 0 ? CleanText.Of(span.TraceId, longest: 64) : null,
            PromptVersion: PromptVersion(read),
            CostUsd: read.Number(SpanFields.Cost),
            FinishReason: read.Text(SpanFields.FinishReason));
        return new MappedSpan(call, KeyOf(span, read, source.Provider), Fault: null);
    }

    private static bool IsCall(OtlpSpan span, AttributeReader read, out string operation)
    {
        var said = read.Texts(SpanFields.Operation).ToArray();
        if (!Operations.TryAgree(said, out operation))
            return false;
        if (operation.Length > 0)
            return true;

        // The attributes of a call on a span that does not say what it does: llm_request of vLLM, and libraries older than gen_ai.operation.name.
        return read.Text(SpanFields.Model) is not null
            && (read.Number(SpanFields.InputTokens) ?? read.Number(SpanFields.OutputTokens) ?? read.Number(SpanFields.Duration)) is not null;
    }

    private static string? FaultOfTimes(OtlpSpan span) =>
        span.StartNanos == 0 ? "has no start time"
        : span.EndNanos == 0 ? "has no end time"
        : span.EndNanos < span.StartNanos ? "ends before it starts"
        : NanoTime.Seconds(span.EndNanos - span.StartNanos) > LongestCall.TotalSeconds ? $"lasts longer than {LongestCall.TotalHours:0} hours"
        : null;

    /// <summary>
    /// With the tokens that came from a cache, as the convention wants it. The interface of Anthropic counts them apart, and so do the spans of
    /// the Vercel AI SDK before its version 6 (which tells the details); whoever else reports more cached tokens than input tokens does so too.
    /// </summary>
    private static int? InputTokens(AttributeReader read, string provider, int? cached)
    {
        var input = read.Whole(SpanFields.InputTokens);
        if (input is not { } counted || provider != "anthropic" || cached is not > 0)
            return input;

        var apart = cached > counted || (read.Has("ai.operationId") && !read.Has("ai.usage.inputTokenDetails.cacheReadTokens"));
        var all = apart ? (long)counted + cached.Value + (read.Whole(SpanFields.CacheWriteTokens) ?? 0) : counted;
        return all <= int.MaxValue ? (int)all : null;
    }

    private static bool? StreamingByName(OtlpSpan span) =>
        span.Attributes.Find("ai.operationId").Text is not { } named ? null
        : named.EndsWith(".doStream", StringComparison.Ordinal) ? true
        : named.EndsWith(".doGenerate", StringComparison.Ordinal) ? false
        : null;

    private static string? PromptVersion(AttributeReader read)
    {
        var (name, version) = (read.Text(SpanFields.PromptName), read.Text(SpanFields.PromptVersion));
        return version is null || name is null ? version : CleanText.Of($"{name}@{version}");
    }

    private static string KeyOf(OtlpSpan span, AttributeReader read, string provider) =>
        read.Text(SpanFields.ResponseId) is { Length: >= ShortestResponseId } answer ? $"{provider}/{answer}"
        : $"{CleanText.Of(span.TraceId, longest: 64)}/{CleanText.Of(span.SpanId, longest: 64)}";
}

/// <param name="Call">Null where the span is no call of a model, or a wrong one.</param>
/// <param name="Key">What the same call has again when it is sent again or seen by another instrumentation.</param>
/// <param name="Fault">Why a call cannot be taken; null where nothing is wrong.</param>
internal readonly record struct MappedSpan(Call? Call, string Key, string? Fault)
{
    public static MappedSpan NoCall => default;

    public static MappedSpan Wrong(string fault) => new(Call: null, Key: "", fault);
}
