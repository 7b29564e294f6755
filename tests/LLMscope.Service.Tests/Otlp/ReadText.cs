using System.Globalization;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Everything of a record as one text, to compare what two readers read.</summary>
internal static class ReadText
{
    public static string Of(OtlpSpan span, OtlpOrigin origin) => string.Join(
        '|', Of(origin), span.TraceId, span.SpanId, span.ParentSpanId, span.Name, span.Kind, span.StartNanos, span.EndNanos, Of(span.Attributes),
        string.Join('/', span.Events.Select(told => $"{told.TimeNanos} {told.Name} {Of(told.Attributes)}")), span.StatusCode, span.StatusMessage);

    public static string Of(OtlpMetric metric, OtlpOrigin origin) => string.Join(
        '|', Of(origin), metric.Name, metric.Unit, metric.Kind, metric.Temporality, metric.IsMonotonic, string.Join('/', metric.Points.Select(Of)));

    public static string Of(OtlpAttributes attributes) => $"{{{string.Join(", ", attributes.Pairs.Select(pair => $"{pair.Key}={Of(pair.Value)}"))}}}";

    public static string Of(OtlpValue value) => value.Kind switch
    {
        OtlpValueKind.Items => $"[{string.Join(", ", value.Items.Select(Of))}]",
        OtlpValueKind.Pairs => Of(value.Pairs),
        OtlpValueKind.Text => $"'{value.Text}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value.Kind} {value.Whole} {value.Number:R}"),
    };

    private static string Of(OtlpOrigin origin) => $"{Of(origin.Resource)} {origin.Scope}";

    private static string Of(OtlpDataPoint point) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Of(point.Attributes)} {point.StartNanos} {point.TimeNanos} {point.Value:R} n={point.Count} sum={point.Sum:R} {point.Least:R}..{point.Most:R}
        [{string.Join(' ', point.BucketCounts)}] [{string.Join(' ', point.Bounds)}]
        2^{point.Scale} 0:{point.ZeroCount} +{Of(point.Positive)} -{Of(point.Negative)} {point.HasNoRecordedValue}
        """);

    private static string Of(OtlpBuckets buckets) => $"{buckets.Offset}:[{string.Join(' ', buckets.Counts)}]";
}
