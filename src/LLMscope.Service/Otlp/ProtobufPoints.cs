namespace LLMscope.Service.Otlp;

/// <summary>Reads the data points of each kind of metric from protobuf.</summary>
internal static class ProtobufPoints
{
    private const uint NoRecordedValue = 1;

    // {2 start, 3 time, 4 as_double, 6 as_int, 7 attributes*, 8 flags}
    public static OtlpDataPoint Number(ProtobufReader reader)
    {
        var (start, time, value, flags) = (0UL, 0UL, double.NaN, 0UL);
        var attributes = new List<KeyValuePair<string, OtlpValue>>();
        var room = OtlpBounds.Attributes;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    start = reader.Fixed64();
                    break;
                case 3:
                    time = reader.Fixed64();
                    break;
                case 4:
                    value = reader.Double();
                    break;
                case 6:
                    value = (long)reader.Fixed64();
                    break;
                case 7:
                    ProtobufAttributes.Add(attributes, reader.Message("an attribute"), ref room);
                    break;
                case 8:
                    flags = reader.Varint();
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
            HasNoRecordedValue = (flags & NoRecordedValue) != 0,
        };
    }

    // {2 start, 3 time, 4 count, 5 sum, 6 bucket_counts*, 7 explicit_bounds*, 9 attributes*, 10 flags, 11 min, 12 max}
    public static OtlpDataPoint Histogram(ProtobufReader reader)
    {
        var (start, time, count, flags) = (0UL, 0UL, 0UL, 0UL);
        var (sum, least, most) = (default(double?), default(double?), default(double?));
        var (counts, bounds) = (new List<ulong>(), new List<double>());
        var attributes = new List<KeyValuePair<string, OtlpValue>>();
        var room = OtlpBounds.Attributes;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    start = reader.Fixed64();
                    break;
                case 3:
                    time = reader.Fixed64();
                    break;
                case 4:
                    count = reader.Fixed64();
                    break;
                case 5:
                    sum = reader.Double();
                    break;
                case 6:
                    reader.Fixed64s(counts);
                    break;
                case 7:
                    reader.Doubles(bounds);
                    break;
                case 9:
                    ProtobufAttributes.Add(attributes, reader.Message("an attribute"), ref room);
                    break;
                case 10:
                    flags = reader.Varint();
                    break;
                case 11:
                    least = reader.Double();
                    break;
                case 12:
                    most = reader.Double();
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
            Count = count,
            Sum = sum,
            Least = least,
            Most = most,
            BucketCounts = counts,
            Bounds = bounds,
            HasNoRecordedValue = (flags & NoRecordedValue) != 0,
        };
    }

    // {1 attributes*, 2 start, 3 time, 4 count, 5 sum, 6 scale, 7 zero_count, 8 positive, 9 negative, 10 flags, 12 min, 13 max}
    public static OtlpDataPoint ExponentialHistogram(ProtobufReader reader)
    {
        var (start, time, count, zeros, flags, scale) = (0UL, 0UL, 0UL, 0UL, 0UL, 0);
        var (sum, least, most) = (default(double?), default(double?), default(double?));
        var (positive, negative) = (OtlpBuckets.None, OtlpBuckets.None);
        var attributes = new List<KeyValuePair<string, OtlpValue>>();
        var room = OtlpBounds.Attributes;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    ProtobufAttributes.Add(attributes, reader.Message("an attribute"), ref room);
                    break;
                case 2:
                    start = reader.Fixed64();
                    break;
                case 3:
                    time = reader.Fixed64();
                    break;
                case 4:
                    count = reader.Fixed64();
                    break;
                case 5:
                    sum = reader.Double();
                    break;
                case 6:
                    scale = reader.ZigZag();
                    break;
                case 7:
                    zeros = reader.Fixed64();
                    break;
                case 8:
                    positive = BucketsOf(reader.Message("buckets"));
                    break;
                case 9:
                    negative = BucketsOf(reader.Message("buckets"));
                    break;
                case 10:
                    flags = reader.Varint();
                    break;
                case 12:
                    least = reader.Double();
                    break;
                case 13:
                    most = reader.Double();
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
            Count = count,
            Sum = sum,
            Least = least,
            Most = most,
            Scale = scale,
            ZeroCount = zeros,
            Positive = positive,
            Negative = negative,
            HasNoRecordedValue = (flags & NoRecordedValue) != 0,
        };
    }

    // {2 start, 3 time, 4 count, 5 sum, 7 attributes*, 8 flags}
    public static OtlpDataPoint Summary(ProtobufReader reader)
    {
        var (start, time, count, flags) = (0UL, 0UL, 0UL, 0UL);
        double? sum = null;
        var attributes = new List<KeyValuePair<string, OtlpValue>>();
        var room = OtlpBounds.Attributes;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    start = reader.Fixed64();
                    break;
                case 3:
                    time = reader.Fixed64();
                    break;
                case 4:
                    count = reader.Fixed64();
                    break;
                case 5:
                    sum = reader.Double();
                    break;
                case 7:
                    ProtobufAttributes.Add(attributes, reader.Message("an attribute"), ref room);
                    break;
                case 8:
                    flags = reader.Varint();
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
            Count = count,
            Sum = sum,
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
