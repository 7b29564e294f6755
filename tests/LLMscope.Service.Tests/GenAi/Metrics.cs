using LLMscope.Service.GenAi;
using LLMscope.Service.Otlp;
using LLMscope.Tests;

namespace LLMscope.Service.Tests.GenAi;

/// <summary>Metrics as SDKs export them, and what a mapper that watches since <see cref="Watched"/> makes of them.</summary>
internal sealed class Metrics
{
    public const ulong Watched = Spans.Start;

    private readonly MetricMapper _mapper = new(new ManualClock(DateTimeOffset.UnixEpoch.AddSeconds(Spans.Start / Spans.Second)));

    /// <summary>What came, as characteristic, value with three digits, and count.</summary>
    public string[] Map(OtlpMetric metric) =>
        [.. Intervals(metric).Select(one => FormattableString.Invariant($"{one.Characteristic.Name}={Math.Round(one.Value, 3)} n={one.Count}"))];

    public List<MappedInterval> Intervals(OtlpMetric metric)
    {
        var intervals = new List<MappedInterval>();
        Assert.Empty(_mapper.Map(metric, Spans.Shop, intervals));
        return intervals;
    }

    public IReadOnlyList<string> Faults(OtlpMetric metric)
    {
        var intervals = new List<MappedInterval>();
        var faults = _mapper.Map(metric, Spans.Shop, intervals);
        Assert.Empty(intervals);
        return faults;
    }

    public static OtlpMetric Histogram(string name, OtlpTemporality temporality, params OtlpDataPoint[] points) =>
        new(name, name.EndsWith("token.usage", StringComparison.Ordinal) ? "{token}" : "s", OtlpMetricKind.Histogram, temporality, IsMonotonic: false, points);

    /// <summary>Of an OpenAI chat model; buckets up to 1, up to 2, and above.</summary>
    /// <param name="start">Seconds after <see cref="Watched"/>.</param>
    public static OtlpDataPoint Point(double start, double end, ulong[] buckets, double? sum, params (string, object)[] more) => new()
    {
        Attributes = Spans.Attributes([("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "openai"), ("gen_ai.request.model", "gpt-4o"), .. more]),
        StartNanos = At(start),
        TimeNanos = At(end),
        Count = buckets.Aggregate(0ul, (all, count) => all + count),
        Sum = sum,
        BucketCounts = buckets,
        Bounds = [1, 2],
    };

    public static ulong At(double seconds) => (ulong)((long)Watched + (long)(seconds * Spans.Second));
}
