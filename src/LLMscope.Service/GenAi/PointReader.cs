using LLMscope.Service.Histograms;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>Reads a data point of a counter or a histogram.</summary>
internal static class PointReader
{
    // A histogram with more is read without them; the SDKs send 160 at most.
    private const int MostBuckets = 512;

    // Beyond it bounds of a double need no more.
    private const int LeastScale = -10;
    private const int MostScale = 20;

    /// <returns>Null where the point is wrong, with what is.</returns>
    public static StreamReading? Read(OtlpMetricKind kind, OtlpDataPoint point, out string? fault)
    {
        fault = FaultOf(kind, point);
        if (fault is not null)
            return null;

        return kind switch
        {
            OtlpMetricKind.Sum => new StreamReading(point.StartNanos, point.TimeNanos, Count: 0, point.Value, Buckets: null),
            OtlpMetricKind.Histogram => new StreamReading(point.StartNanos, point.TimeNanos, point.Count, point.Sum, ExplicitOf(point)),
            _ => new StreamReading(point.StartNanos, point.TimeNanos, point.Count, point.Sum, ExponentialOf(point)),
        };
    }

    private static string? FaultOf(OtlpMetricKind kind, OtlpDataPoint point) =>
        point.TimeNanos == 0 ? "a data point has no time"
        : point.StartNanos > point.TimeNanos ? "a data point ends before it starts"
        : kind == OtlpMetricKind.Sum ? (point.Value is >= 0 and <= double.MaxValue ? null : "a data point is negative or not a number")
        : point.Sum is not (null or (>= 0 and <= double.MaxValue)) ? "the sum of a data point is negative or not a number"
        : kind == OtlpMetricKind.Histogram && point.BucketCounts.Count > 0 && point.BucketCounts.Count != point.Bounds.Count + 1
            ? $"a data point has {point.BucketCounts.Count} buckets and {point.Bounds.Count} bounds between them"
        : null;

    private static ExplicitBuckets? ExplicitOf(OtlpDataPoint point) =>
        point.BucketCounts.Count is > 1 and <= MostBuckets ? new ExplicitBuckets([.. point.Bounds], [.. point.BucketCounts.Select(count => (double)count)]) : null;

    private static ExponentialBuckets? ExponentialOf(OtlpDataPoint point) =>
        point.Positive.Counts.Count <= MostBuckets && point.Scale is >= LeastScale and <= MostScale && point.Negative.Counts.All(count => count == 0)
            ? new ExponentialBuckets(point.Scale, point.ZeroCount, point.Positive.Offset, [.. point.Positive.Counts.Select(count => (double)count)])
            : null;
}
