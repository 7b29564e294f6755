namespace LLMscope.Service.Otlp;

/// <summary>Reads the data points of metrics from protobuf. Their fields are the same in all kinds, and have other numbers in each.</summary>
internal static class ProtobufPoints
{
    private const uint NoRecordedValue = 1;

    // NumberDataPoint{2 start, 3 time, 4 as_double, 6 as_int, 7 attributes*, 8 flags}
    private static readonly PointPart[] Number =
        [PointPart.None, PointPart.None, PointPart.Start, PointPart.Time, PointPart.Value, PointPart.None, PointPart.WholeValue, PointPart.Attributes, PointPart.Flags];

    // HistogramDataPoint{2 start, 3 time, 4 count, 5 sum, 6 bucket_counts*, 7 explicit_bounds*, 9 attributes*, 10 flags, 11 min, 12 max}
    private static readonly PointPart[] Histogram =
    [
        PointPart.None, PointPart.None, PointPart.Start, PointPart.Time, PointPart.Count, PointPart.Sum, PointPart.BucketCounts, PointPart.Bounds, PointPart.None,
        PointPart.Attributes, PointPart.Flags, PointPart.Least, PointPart.Most,
    ];

    // ExponentialHistogramDataPoint{1 attributes*, 2 start, 3 time, 4 count, 5 sum, 6 scale, 7 zero_count, 8 positive, 9 negative, 10 flags, 12 min, 13 max}
    private static readonly PointPart[] ExponentialHistogram =
    [
        PointPart.None, PointPart.Attributes, PointPart.Start, PointPart.Time, PointPart.Count, PointPart.Sum, PointPart.Scale, PointPart.ZeroCount, PointPart.Positive,
        PointPart.Negative, PointPart.Flags, PointPart.None, PointPart.Least, PointPart.Most,
    ];

    // SummaryDataPoint{2 start, 3 time, 4 count, 5 sum, 7 attributes*, 8 flags}
    private static readonly PointPart[] Summary =
        [PointPart.None, PointPart.None, PointPart.Start, PointPart.Time, PointPart.Count, PointPart.Sum, PointPart.None, PointPart.Attributes, PointPart.Flags];

    private enum PointPart : byte
    {
        None = 0,
        Attributes,
        Start,
        Time,
        Flags,
        Value,
        WholeValue,
        Count,
        Sum,
        Least,
        Most,
        BucketCounts,
        Bounds,
        Scale,
        ZeroCount,
        Positive,
        Negative,
    }

    public static OtlpDataPoint Read(ReadOnlySpan<byte> point, OtlpMetricKind kind) => kind switch
    {
        OtlpMetricKind.Histogram => Read(new(point, "a point of a histogram"), Histogram),
        OtlpMetricKind.ExponentialHistogram => Read(new(point, "a point of an exponential histogram"), ExponentialHistogram),
        OtlpMetricKind.Summary => Read(new(point, "a point of a summary"), Summary),
        _ => Read(new(point, "a point of numbers"), Number),
    };

    /// <param name="parts">What each field is, by its number.</param>
    private static OtlpDataPoint Read(ProtobufReader reader, PointPart[] parts)
    {
        var (start, time, count, zeros, flags, scale, value) = (0UL, 0UL, 0UL, 0UL, 0UL, 0, double.NaN);
        var (sum, least, most) = (default(double?), default(double?), default(double?));
        var (positive, negative) = (OtlpBuckets.None, OtlpBuckets.None);
        var (counts, bounds) = (new List<ulong>(), new List<double>());
        var attributes = new List<KeyValuePair<string, OtlpValue>>();
        var room = OtlpBounds.Attributes;
        while (reader.Next())
        {
            switch (reader.Field < parts.Length ? parts[reader.Field] : PointPart.None)
            {
                case PointPart.Attributes:
                    ProtobufAttributes.Add(attributes, reader.Message("an attribute"), ref room);
                    break;
                case PointPart.Start:
                    start = reader.Fixed64();
                    break;
                case PointPart.Time:
                    time = reader.Fixed64();
                    break;
                case PointPart.Flags:
                    flags = reader.Varint();
                    break;
                case PointPart.Value:
                    value = reader.Double();
                    break;
                case PointPart.WholeValue:
                    value = (long)reader.Fixed64();
                    break;
                case PointPart.Count:
                    count = reader.Fixed64();
                    break;
                case PointPart.Sum:
                    sum = reader.Double();
                    break;
                case PointPart.Least:
                    least = reader.Double();
                    break;
                case PointPart.Most:
                    most = reader.Double();
                    break;
                case PointPart.BucketCounts:
                    reader.Fixed64s(counts);
                    break;
                case PointPart.Bounds:
                    reader.Doubles(bounds);
                    break;
                case PointPart.Scale:
                    scale = reader.ZigZag();
                    break;
                case PointPart.ZeroCount:
                    zeros = reader.Fixed64();
                    break;
                case PointPart.Positive:
                    positive = BucketsOf(reader.Message("buckets"));
                    break;
                case PointPart.Negative:
                    negative = BucketsOf(reader.Message("buckets"));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OtlpDataPoint
        {
            Attributes = new(attributes),
            StartNanos = start,
            TimeNanos = time,
            Value = value,
            Count = count,
            Sum = sum,
            Least = least,
            Most = most,
            BucketCounts = counts,
            Bounds = bounds,
            Scale = scale,
            ZeroCount = zeros,
            Positive = positive,
            Negative = negative,
            HasNoRecordedValue = (flags & NoRecordedValue) != 0,
        };
    }

    private static OtlpBuckets BucketsOf(ProtobufReader reader)
    {
        var (offset, counts) = (0, new List<ulong>());
        while (reader.Next())
        {
            if (reader.Field == 1)
                offset = reader.ZigZag();
            else if (reader.Field == 2)
                reader.Varints(counts);
            else
                reader.Skip();
        }

        return new OtlpBuckets(offset, counts);
    }
}
