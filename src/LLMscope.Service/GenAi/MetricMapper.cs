using LLMscope.Monitoring.Samples;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>
/// Makes points of series out of metrics: what counters and histograms gained since the last export, never samples that nobody measured. Thread-safe.
/// Their series have names of their own (<c>duration_mean</c>, <c>duration_p95</c>), so that what many calls came to is never among single calls.
/// </summary>
internal sealed class MetricMapper(TimeProvider clock)
{
    private static readonly string[] None = [];

    private readonly CumulativeStreams _streams = new(NanosOf(clock.GetUtcNow()));

    /// <summary>Cumulative streams that were forgotten for want of room.</summary>
    public long StreamsForgotten => _streams.Forgotten;

    /// <summary>Takes one metric.</summary>
    /// <param name="into">Gets the intervals that it yields.</param>
    /// <returns>Per data point that is wrong, why; empty where all are right or of no interest.</returns>
    public IReadOnlyList<string> Map(OtlpMetric metric, OtlpOrigin origin, ICollection<MappedInterval> into)
    {
        var isHistogram = metric.Kind is OtlpMetricKind.Histogram or OtlpMetricKind.ExponentialHistogram;
        if (MetricMeaning.Find(metric.Name) is not { } meaning || !(isHistogram || metric is { Kind: OtlpMetricKind.Sum, IsMonotonic: true }))
            return None;

        if (metric.Temporality is not (OtlpTemporality.Delta or OtlpTemporality.Cumulative))
            return [.. metric.Points.Select(_ => "says neither that it is cumulative nor that it is a delta")];
        if (FactorOf(metric.Unit, meaning.Unit) is not { } factor)
            return [.. metric.Points.Select(_ => $"'{CleanText.Of(metric.Unit)}' does not measure {meaning.Characteristic}, which comes in {meaning.Unit.Symbol}")];

        List<string>? faults = null;
        var gains = new SourceGains(meaning, factor);
        foreach (var point in metric.Points)
        {
            if (point.HasNoRecordedValue)
                continue; // the stream has ended, or pauses

            var read = new AttributeReader(point.Attributes);
            if (!Operations.TryAgree(read.Texts(SpanFields.Operation), out var operation))
                continue;

            var source = CallSource.Of(read, origin, operation);
            var fault = source is { Model: "", Provider: "" } ? "a data point names neither a model nor a provider" : null;
            var now = fault is null ? PointReader.Read(metric.Kind, point, out fault) : null;
            if (now is null)
                (faults ??= []).Add(fault!);
            else if ((metric.Temporality == OtlpTemporality.Delta ? now : _streams.Gain(MetricStream.IdOf(metric, origin, point.Attributes), now)) is { } gain)
                gains.Add(source, read, gain);
        }

        gains.WriteTo(into);
        return faults ?? (IReadOnlyList<string>)None;
    }

    private static double? FactorOf(string symbol, Unit wanted)
    {
        // Annotations in braces say what is counted; they are no unit (UCUM), and neither is nothing or 1.
        if (symbol.Length == 0 || symbol == "1" || symbol[0] == '{')
            return 1;

        return Unit.TryFind(symbol, out var unit) && unit.Base == wanted.Base ? unit.Factor : null;
    }

    private static ulong NanosOf(DateTimeOffset time) => (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * 100;
}

/// <summary>What a series came to in one interval.</summary>
/// <param name="Time">The end of the interval, in UTC and whole microseconds.</param>
/// <param name="Value">The mean, share, rate or quantile in the base unit of the characteristic.</param>
/// <param name="Count">The observations behind it; 1 where the value does not vary with their number as a mean does.</param>
internal readonly record struct MappedInterval(Source Source, Characteristic Characteristic, DateTime Time, double Value, int Count);
