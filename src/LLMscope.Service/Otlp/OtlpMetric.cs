namespace LLMscope.Service.Otlp;

/// <summary>A metric with its data points, of whatever kind.</summary>
internal sealed record OtlpMetric(
    string Name, string Unit, OtlpMetricKind Kind, OtlpTemporality Temporality, bool IsMonotonic, IReadOnlyList<OtlpDataPoint> Points);

internal enum OtlpMetricKind : byte
{
    Unknown = 0,
    Gauge,
    Sum,
    Histogram,
    ExponentialHistogram,
    Summary,
}

internal enum OtlpTemporality : byte
{
    Unspecified = 0,
    Delta = 1,
    Cumulative = 2,
}

/// <summary>One data point; which of its fields are filled depends on the kind of its metric.</summary>
internal sealed record OtlpDataPoint
{
    public OtlpAttributes Attributes { get; init; } = OtlpAttributes.Empty;

    /// <summary>When what it counts began, in nanoseconds since 1970; 0 where that is not known.</summary>
    public ulong StartNanos { get; init; }

    public ulong TimeNanos { get; init; }

    /// <summary>Of a gauge or a sum; not a number where it has none.</summary>
    public double Value { get; init; } = double.NaN;

    /// <summary>Of a histogram or a summary.</summary>
    public ulong Count { get; init; }

    /// <summary>Null where the sender has none.</summary>
    public double? Sum { get; init; }

    public double? Least { get; init; }

    public double? Most { get; init; }

    /// <summary>One more than <see cref="Bounds"/>, or empty.</summary>
    public IReadOnlyList<ulong> BucketCounts { get; init; } = [];

    public IReadOnlyList<double> Bounds { get; init; } = [];

    /// <summary>Of an exponential histogram: bucket i holds the values in (b^i, b^(i+1)], b = 2^(2^-scale).</summary>
    public int Scale { get; init; }

    public ulong ZeroCount { get; init; }

    public OtlpBuckets Positive { get; init; } = OtlpBuckets.None;

    public OtlpBuckets Negative { get; init; } = OtlpBuckets.None;

    /// <summary>The sender has no value for this time (flag 1).</summary>
    public bool HasNoRecordedValue { get; init; }
}

/// <param name="Offset">The index of the first bucket.</param>
internal sealed record OtlpBuckets(int Offset, IReadOnlyList<ulong> Counts)
{
    public static OtlpBuckets None { get; } = new(0, []);
}
