using System.Globalization;
using System.Text;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Service.GenAi;
using LLMscope.Service.Samples;

namespace LLMscope.Service.Otlp;

/// <summary>Takes the metrics of one request.</summary>
/// <param name="mostIntervals">Intervals that one request may bring.</param>
internal sealed class MetricIntake(MetricMapper mapper, BatchBuilder batch, OtlpRejections rejections, MappedRules rules, int mostIntervals)
{
    private int _taken;

    public void Take(MetricReading metrics)
    {
        rejections.Add(OtlpRejection.TooMany, $"a request may bring {OtlpBounds.Points} data points at most; send smaller batches", metrics.LeftOut);
        var intervals = new List<MappedInterval>();
        foreach (var (metric, origin) in metrics.Metrics)
        {
            intervals.Clear();
            foreach (var fault in mapper.Map(metric, origin, intervals))
                rejections.Add(OtlpRejection.Wrong, $"metric '{metric.Name}': {fault}");
            foreach (var interval in intervals)
                Take(metric, interval);
        }
    }

    private void Take(OtlpMetric metric, in MappedInterval interval)
    {
        var seriesKey = SeriesKey.Of(interval.Source, interval.Characteristic.Name);
        var series = batch.Find(seriesKey);
        if (rules.FaultOf(interval, series) is { } fault)
        {
            rejections.Add(OtlpRejection.Wrong, $"metric '{metric.Name}': {fault}");
            return;
        }

        if (_taken == mostIntervals)
        {
            rejections.Add(OtlpRejection.TooMany, $"the data points of a request may come to {mostIntervals} intervals at most; send smaller batches");
            return;
        }

        var time = EventTime.WholeMicroseconds(new DateTimeOffset(DateTime.SpecifyKind(interval.Time, DateTimeKind.Utc)));
        var key = KeyOf(seriesKey, time, interval);
        if (series is not null)
            batch.Add(new Sample(series, time, interval.Value, Count: interval.Count), key);
        else
            batch.Add(_taken, interval.Source, interval.Characteristic, namesUnit: true, time, interval.Value, key, interval.Count);
        _taken++;
    }

    // What the same export has again when it is sent again.
    private static Guid KeyOf(byte[] series, DateTime time, in MappedInterval interval) => ItemKeys.Of(
        "otlp", string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(series)}\u001f{time.Ticks}\u001f{interval.Value:R}\u001f{interval.Count}"));
}
