using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>How long a call took, in seconds.</summary>
/// <param name="Duration">As the emitter measured it where it says so, else from the start of the span to its end.</param>
/// <param name="FirstToken">Null where nobody tells, and where what they tell is longer than the call.</param>
internal readonly record struct CallTiming(double Duration, double? FirstToken)
{
    /// <param name="span">One that ends after it starts.</param>
    public static CallTiming Of(OtlpSpan span, AttributeReader read)
    {
        var whole = NanoTime.Seconds(span.EndNanos - span.StartNanos);

        // What was measured inside of the span cannot be longer than the span; where it is, one of both is in another unit.
        var measured = read.Number(SpanFields.Duration) ?? (read.Number(SpanFields.DurationMilliseconds) / 1_000);
        var duration = measured is > 0 && measured <= whole ? measured.Value : whole;

        var first = FirstTokenOf(span, read);
        return new CallTiming(duration, first >= 0 && first <= duration ? first : null);
    }

    private static double? FirstTokenOf(OtlpSpan span, AttributeReader read) =>
        read.Number(SpanFields.FirstToken)
        ?? (read.Number(SpanFields.FirstTokenMilliseconds) / 1_000)
        ?? (read.Time(SpanFields.FirstTokenTime) is { } time ? Since(span.StartNanos, time) : (double?)null)
        ?? FirstTokenEvent(span);

    private static double? FirstTokenEvent(OtlpSpan span)
    {
        OtlpEvent? first = null;
        foreach (var one in span.Events)
        {
            var isFirst = SpanFields.FirstTokenEvents.Names.Contains(one.Name, StringComparer.Ordinal) && one.TimeNanos >= span.StartNanos;
            if (isFirst && (first is null || one.TimeNanos < first.TimeNanos))
                first = one;
        }

        if (first is null)
            return null;

        return (new AttributeReader(first.Attributes).Number(SpanFields.FirstTokenMilliseconds) / 1_000) ?? NanoTime.Seconds(first.TimeNanos - span.StartNanos);
    }

    private static double Since(ulong startNanos, DateTimeOffset time) => (time.UtcDateTime - NanoTime.Utc(startNanos)).TotalSeconds;
}
