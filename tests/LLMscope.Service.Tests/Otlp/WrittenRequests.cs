using FsCheck;
using FsCheck.Fluent;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Requests of all shapes, to be written in both encodings.</summary>
internal static class WrittenRequests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements("", "gpt-4o", "gen_ai.request.model", "gen_ai.usage.input_tokens", "gen_ai.input.messages", "gen_ai.prompt.0.content", "gen_ai.prompt.version"),
        Gen.Choose(0, 0x2FF).Select(code => $"é{(char)code}\n\"\\"),
        Gen.Elements(1, 2, 600).Select(length => string.Concat(Enumerable.Repeat("aß😀", length))));

    private static readonly Gen<ulong> Whole = Gen.OneOf(
        Gen.Choose(0, 1_000).Select(number => (ulong)number), Gen.Elements<ulong>(0, 1_795_000_000_123_456_789, long.MaxValue, ulong.MaxValue));

    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Choose(-1_000, 1_000).Select(number => number / 8.0), Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, -0.1));

    private static readonly Gen<string> Id = Gen.Elements("", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");

    private static Gen<OtlpValue> Value(int depth) => Gen.OneOf(
        Text.Select(OtlpValue.Of),
        Whole.Select(number => OtlpValue.Of((long)number)),
        Number.Select(OtlpValue.Of),
        Gen.Elements(true, false).Select(OtlpValue.Of),
        Gen.Constant(default(OtlpValue)),
        depth == 0 ? Gen.Constant(default(OtlpValue)) : Value(depth - 1).ListOf(3).Select(items => OtlpValue.Of((IReadOnlyList<OtlpValue>)[.. items])),
        depth == 0 ? Gen.Constant(default(OtlpValue)) : Attributes(depth - 1).Select(OtlpValue.Of));

    private static Gen<OtlpAttributes> Attributes(int depth) =>
        from names in Text.ListOf(4)
        from values in Value(depth).ListOf(4)
        select new OtlpAttributes([.. names.Zip(values, KeyValuePair.Create)]);

    private static Gen<OtlpOrigin> Origin { get; } =
        from resource in Attributes(1)
        from scope in Text
        select new OtlpOrigin(resource, scope);

    private static Gen<OtlpSpan> Span { get; } =
        from ids in Id.ArrayOf(3)
        from texts in Text.ArrayOf(2)
        from times in Whole.ArrayOf(3)
        from kind in Gen.Choose(0, 6)
        from status in Gen.Choose(0, 2)
        from attributes in Attributes(3).ArrayOf(2)
        from events in Gen.Choose(0, 2)
        select new OtlpSpan(
            ids[0], ids[1], ids[2], texts[0], kind, times[0], times[1], attributes[0],
            [.. Enumerable.Repeat(new OtlpEvent(times[2], texts[1], attributes[1]), events)], status, texts[1]);

    private static Gen<OtlpMetric> Metric { get; } =
        from kind in Gen.Choose(1, 5)
        from texts in Text.ArrayOf(2)
        from temporality in Gen.Choose(0, 2)
        from times in Whole.ArrayOf(5)
        from numbers in Number.ArrayOf(4)
        from counts in Whole.ListOf(4)
        from scale in Gen.Choose(-10, 20)
        from attributes in Attributes(1)
        select Shaped((OtlpMetricKind)kind, texts, temporality, new OtlpDataPoint
        {
            Attributes = attributes,
            StartNanos = times[0],
            TimeNanos = times[1],
            Value = kind == (int)OtlpMetricKind.Sum ? (int)(times[2] % 1_000_000) - 500 : numbers[0],
            Count = times[3],
            Sum = double.IsNaN(numbers[1]) ? null : numbers[1],
            Least = numbers[2] < 0 ? null : numbers[2],
            Most = numbers[3],
            BucketCounts = [.. counts],
            Bounds = [.. numbers],
            Scale = scale,
            ZeroCount = times[4],
            Positive = new OtlpBuckets(-scale, [.. counts]),
            Negative = new OtlpBuckets(scale, []),
            HasNoRecordedValue = scale == 0,
        });

    public static Arbitrary<(OtlpOrigin Origin, OtlpSpan[] Spans)> Spans { get; } =
        (from origin in Origin from spans in Span.ArrayOf(2) select (origin, spans)).ToArbitrary();

    public static Arbitrary<(OtlpOrigin Origin, OtlpMetric[] Metrics)> Metrics { get; } =
        (from origin in Origin from metrics in Metric.ArrayOf(3) select (origin, metrics)).ToArbitrary();

    // Only what its kind has.
    private static OtlpMetric Shaped(OtlpMetricKind kind, string[] texts, int temporality, OtlpDataPoint point)
    {
        var isNumber = kind is OtlpMetricKind.Gauge or OtlpMetricKind.Sum;
        var has = new OtlpDataPoint { Attributes = point.Attributes, StartNanos = point.StartNanos, TimeNanos = point.TimeNanos, HasNoRecordedValue = point.HasNoRecordedValue };
        if (isNumber)
            has = has with { Value = point.Value };
        else
            has = has with { Count = point.Count, Sum = point.Sum };
        if (kind is OtlpMetricKind.Histogram or OtlpMetricKind.ExponentialHistogram)
            has = has with { Least = point.Least, Most = point.Most };
        if (kind == OtlpMetricKind.Histogram)
            has = has with { BucketCounts = point.BucketCounts, Bounds = point.Bounds };
        if (kind == OtlpMetricKind.ExponentialHistogram)
            has = has with { Scale = point.Scale, ZeroCount = point.ZeroCount, Positive = point.Positive, Negative = point.Negative };

        var hasTemporality = !(kind is OtlpMetricKind.Gauge or OtlpMetricKind.Summary);
        return new OtlpMetric(
            texts[0], texts[1], kind, hasTemporality ? (OtlpTemporality)temporality : OtlpTemporality.Unspecified, kind == OtlpMetricKind.Sum, [has, has]);
    }
}
