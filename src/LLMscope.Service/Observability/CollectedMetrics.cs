using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LLMscope.Service.Observability;

/// <summary>Collects on demand what the instruments measured, as families that stay as they are while the instruments go on.</summary>
internal sealed class CollectedMetrics : BaseExporter<Metric>
{
    private static readonly TimeSpan LongestCollection = TimeSpan.FromSeconds(5);

    private List<MetricFamily> _families = [];

    public CollectedMetrics() => Reader = new BaseExportingMetricReader(this);

    public MetricReader Reader { get; }

    /// <summary>One collection at a time: the caller sees to that.</summary>
    public IReadOnlyList<MetricFamily> Read() => Reader.Collect((int)LongestCollection.TotalMilliseconds)
        ? _families
        : throw new InvalidOperationException($"The metrics could not be collected within {LongestCollection}.");

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var families = new List<MetricFamily>();
        foreach (var metric in batch)
            families.Add(FamilyOf(metric));

        _families = families;
        return ExportResult.Success;
    }

    private static MetricFamily FamilyOf(Metric metric)
    {
        var kind = metric.MetricType switch
        {
            MetricType.LongSum or MetricType.DoubleSum => MetricKind.Counter,
            MetricType.Histogram => MetricKind.Histogram,
            MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => MetricKind.Gauge,
            _ => throw new NotSupportedException($"'{metric.Name}' is of a kind that the page of metrics cannot show: {metric.MetricType}."),
        };
        var (name, unit) = PrometheusName.Of(metric.Name, metric.Unit, kind);
        var values = new List<MetricValue>();
        foreach (ref readonly var point in metric.GetMetricPoints())
            AddValues(values, metric.MetricType, point);

        return new MetricFamily(name, kind, unit, metric.Description, values);
    }

    private static void AddValues(List<MetricValue> values, MetricType type, in MetricPoint point)
    {
        var labels = LabelsOf(point);
        switch (type)
        {
            case MetricType.LongSum:
                values.Add(new("_total", labels, point.GetSumLong()));
                break;
            case MetricType.DoubleSum:
                values.Add(new("_total", labels, point.GetSumDouble()));
                break;
            case MetricType.LongSumNonMonotonic:
                values.Add(new("", labels, point.GetSumLong()));
                break;
            case MetricType.DoubleSumNonMonotonic:
                values.Add(new("", labels, point.GetSumDouble()));
                break;
            case MetricType.LongGauge:
                values.Add(new("", labels, point.GetGaugeLastValueLong()));
                break;
            case MetricType.DoubleGauge:
                values.Add(new("", labels, point.GetGaugeLastValueDouble()));
                break;
            default:
                AddBuckets(values, labels, point);
                break;
        }
    }

    private static void AddBuckets(List<MetricValue> values, List<KeyValuePair<string, string>> labels, in MetricPoint point)
    {
        // A bucket of the SDK counts its own values; one of Prometheus those of all buckets below it as well.
        long below = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            values.Add(new("_bucket", [.. labels, new("le", MetricsText.Bound(bucket.ExplicitBound))], below));
        }

        values.Add(new("_sum", labels, point.GetHistogramSum()));
        values.Add(new("_count", labels, point.GetHistogramCount()));
    }

    private static List<KeyValuePair<string, string>> LabelsOf(in MetricPoint point)
    {
        var labels = new List<KeyValuePair<string, string>>(point.Tags.Count);
        foreach (var (key, value) in point.Tags)
            labels.Add(new(PrometheusName.Legal(key), value is bool flag ? (flag ? "true" : "false") : value?.ToString() ?? ""));

        return labels;
    }
}
