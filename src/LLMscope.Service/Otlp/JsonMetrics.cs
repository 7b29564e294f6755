namespace LLMscope.Service.Otlp;

/// <summary>Reads the metrics of an ExportMetricsServiceRequest in JSON, one at a time.</summary>
internal static class JsonMetrics
{
    /// <exception cref="MalformedOtlpException">What is no such request; the metrics before the fault were read.</exception>
    /// <exception cref="System.Text.Json.JsonException">What is no JSON.</exception>
    public static void Read(ReadOnlySpan<byte> request, MetricReading into) => JsonEnvelope.Read(
        request, OtlpSignal.Metrics, (ref JsonReading json, OtlpOrigin origin) => ReadMetric(ref json, origin, into));

    private static void ReadMetric(ref JsonReading json, OtlpOrigin origin, MetricReading into)
    {
        var (name, unit, kind) = ("", "", OtlpMetricKind.Unknown);
        var data = json;
        json.EnterObject();
        while (json.NextField())
        {
            if (json.Is("name"u8))
            {
                name = json.Text();
            }
            else if (json.Is("unit"u8))
            {
                unit = json.Text();
            }
            else
            {
                if (KindOf(json) is { } found)
                {
                    kind = found;
                    data = json;
                }

                json.Skip();
            }
        }

        if (kind != OtlpMetricKind.Unknown)
            ReadData(ref data, name, unit, kind, origin, into);
    }

    private static void ReadData(ref JsonReading json, string name, string unit, OtlpMetricKind kind, OtlpOrigin origin, MetricReading into)
    {
        var (temporality, isMonotonic) = (OtlpTemporality.Unspecified, false);
        var points = new List<OtlpDataPoint>();
        if (!json.TryEnterObject())
            return;

        while (json.NextField())
        {
            if (json.Is("dataPoints"u8))
                ReadPoints(ref json, kind, points, into);
            else if (json.Is("aggregationTemporality"u8))
                temporality = OtlpTemporalities.Of(json.Choice());
            else if (json.Is("isMonotonic"u8))
                isMonotonic = json.Flag();
            else
                json.Skip();
        }

        into.Add(new OtlpMetric(name, unit, kind, temporality, isMonotonic, points), origin);
    }

    private static void ReadPoints(ref JsonReading json, OtlpMetricKind kind, List<OtlpDataPoint> points, MetricReading into)
    {
        if (!json.TryEnterList())
            return;

        while (json.NextItem())
        {
            if (into.TryTake())
                points.Add(JsonPoints.Read(ref json, kind));
            else
                json.Skip();
        }
    }

    private static OtlpMetricKind? KindOf(in JsonReading json) =>
        json.Is("gauge"u8) ? OtlpMetricKind.Gauge
        : json.Is("sum"u8) ? OtlpMetricKind.Sum
        : json.Is("histogram"u8) ? OtlpMetricKind.Histogram
        : json.Is("exponentialHistogram"u8) ? OtlpMetricKind.ExponentialHistogram
        : json.Is("summary"u8) ? OtlpMetricKind.Summary
        : null;
}
