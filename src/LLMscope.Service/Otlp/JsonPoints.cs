namespace LLMscope.Service.Otlp;

/// <summary>Reads the data points of metrics from JSON. Their fields have the same names in all kinds.</summary>
internal static class JsonPoints
{
    public static OtlpDataPoint Read(ref JsonReading json, OtlpMetricKind kind)
    {
        var (start, time, count, zeros, flags, scale, value) = (0UL, 0UL, 0UL, 0UL, 0UL, 0, double.NaN);
        var (sum, least, most) = (default(double?), default(double?), default(double?));
        var (positive, negative) = (OtlpBuckets.None, OtlpBuckets.None);
        var (counts, bounds) = (new List<ulong>(), new List<double>());
        var attributes = OtlpAttributes.Empty;
        var isNumber = kind is OtlpMetricKind.Gauge or OtlpMetricKind.Sum;
        json.EnterObject();
        while (json.NextField())
        {
            if (json.Is("attributes"u8))
                attributes = JsonAttributes.Read(ref json);
            else if (json.Is("startTimeUnixNano"u8))
                start = json.Unsigned();
            else if (json.Is("timeUnixNano"u8))
                time = json.Unsigned();
            else if (json.Is("flags"u8))
                flags = json.Unsigned();
            else if (isNumber && json.Is("asDouble"u8))
                value = json.IsNull() ? value : json.Number();
            else if (isNumber && json.Is("asInt"u8))
                value = json.IsNull() ? value : json.Whole();
            else if (isNumber)
                json.Skip();
            else if (json.Is("count"u8))
                count = json.Unsigned();
            else if (json.Is("sum"u8))
                sum = json.IsNull() ? null : json.Number();
            else if (kind == OtlpMetricKind.Summary)
                json.Skip();
            else if (json.Is("min"u8))
                least = json.IsNull() ? null : json.Number();
            else if (json.Is("max"u8))
                most = json.IsNull() ? null : json.Number();
            else if (kind == OtlpMetricKind.Histogram && json.Is("bucketCounts"u8))
                ReadCounts(ref json, counts);
            else if (kind == OtlpMetricKind.Histogram && json.Is("explicitBounds"u8))
                ReadBounds(ref json, bounds);
            else if (kind == OtlpMetricKind.Histogram)
                json.Skip();
            else if (json.Is("scale"u8))
                scale = json.Whole32();
            else if (json.Is("zeroCount"u8))
                zeros = json.Unsigned();
            else if (json.Is("positive"u8))
                positive = BucketsOf(ref json);
            else if (json.Is("negative"u8))
                negative = BucketsOf(ref json);
            else
                json.Skip();
        }

        return new OtlpDataPoint
        {
            Attributes = attributes,
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
            HasNoRecordedValue = (flags & 1) != 0,
        };
    }

    private static OtlpBuckets BucketsOf(ref JsonReading json)
    {
        var (offset, counts) = (0, new List<ulong>());
        if (!json.TryEnterObject())
            return OtlpBuckets.None;

        while (json.NextField())
        {
            if (json.Is("offset"u8))
                offset = json.Whole32();
            else if (json.Is("bucketCounts"u8))
                ReadCounts(ref json, counts);
            else
                json.Skip();
        }

        return new OtlpBuckets(offset, counts);
    }

    private static void ReadCounts(ref JsonReading json, List<ulong> into)
    {
        if (!json.TryEnterList())
            return;

        while (json.NextItem())
            Add(into, json.Unsigned(), json);
    }

    private static void ReadBounds(ref JsonReading json, List<double> into)
    {
        if (!json.TryEnterList())
            return;

        while (json.NextItem())
            Add(into, json.Number(), json);
    }

    private static void Add<T>(List<T> into, T number, in JsonReading json)
    {
        if (into.Count == OtlpBounds.Buckets)
            throw json.Fault($"has more than {OtlpBounds.Buckets} buckets");

        into.Add(number);
    }
}
