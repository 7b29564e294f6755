namespace LLMscope.Service.Otlp;

/// <summary>Reads the metrics of an ExportMetricsServiceRequest in protobuf, one at a time.</summary>
internal static class ProtobufMetrics
{
    /// <exception cref="MalformedOtlpException">What is no such request; the metrics before the fault were read.</exception>
    public static void Read(ReadOnlySpan<byte> request, MetricReading into) =>
        ProtobufEnvelope.Read(request, (metric, origin) => ReadMetric(new(metric, "a metric"), origin, into));

    // Metric{1 name, 3 unit, 5 gauge, 7 sum, 9 histogram, 10 exponential_histogram, 11 summary}; of several kinds the last counts.
    private static void ReadMetric(ProtobufReader reader, OtlpOrigin origin, MetricReading into)
    {
        var (name, unit, kind) = ("", "", OtlpMetricKind.Unknown);
        ReadOnlySpan<byte> data = default;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 3:
                    unit = reader.Text();
                    break;
                case 5 or 7 or 9 or 10 or 11:
                    kind = KindOf(reader.Field);
                    data = reader.Bytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var (temporality, isMonotonic) = (OtlpTemporality.Unspecified, false);
        var points = new List<OtlpDataPoint>();
        var kindReader = new ProtobufReader(data, "the data of a metric");
        while (kindReader.Next())
        {
            switch (kindReader.Field)
            {
                case 1 when into.TryTake():
                    points.Add(ProtobufPoints.Read(kindReader.Bytes(), kind));
                    break;
                case 2 when kind != OtlpMetricKind.Gauge && kind != OtlpMetricKind.Summary:
                    temporality = OtlpTemporalities.Of((long)kindReader.Varint());
                    break;
                case 3 when kind == OtlpMetricKind.Sum:
                    isMonotonic = kindReader.Varint() != 0;
                    break;
                default:
                    kindReader.Skip();
                    break;
            }
        }

        into.Add(new OtlpMetric(name, unit, kind, temporality, isMonotonic, points), origin);
    }

    private static OtlpMetricKind KindOf(int field) => field switch
    {
        5 => OtlpMetricKind.Gauge,
        7 => OtlpMetricKind.Sum,
        9 => OtlpMetricKind.Histogram,
        10 => OtlpMetricKind.ExponentialHistogram,
        _ => OtlpMetricKind.Summary,
    };
}
