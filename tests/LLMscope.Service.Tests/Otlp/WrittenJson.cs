using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Writes what was read as a sender writes it in JSON.</summary>
internal static class WrittenJson
{
    public static byte[] Spans(OtlpOrigin origin, params OtlpSpan[] spans) => Request(origin, "resourceSpans", "scopeSpans", "spans", spans.Select(Span));

    public static byte[] Metrics(OtlpOrigin origin, params OtlpMetric[] metrics) => Request(origin, "resourceMetrics", "scopeMetrics", "metrics", metrics.Select(Metric));

    public static byte[] Logs(int records) =>
        Request(OtlpOrigin.Unknown, "resourceLogs", "scopeLogs", "logRecords", Enumerable.Range(0, records).Select(i => new JsonObject { ["timeUnixNano"] = Whole(i) }));

    private static byte[] Request(OtlpOrigin origin, string resources, string scopes, string items, IEnumerable<JsonObject> written)
    {
        var scope = new JsonObject { ["scope"] = new JsonObject { ["name"] = origin.Scope, ["version"] = "1.0" }, [items] = new JsonArray([.. written]), ["schemaUrl"] = "schema" };
        var resource = new JsonObject { ["resource"] = new JsonObject { ["attributes"] = Attributes(origin.Resource) }, [scopes] = new JsonArray(scope) };
        return Encoding.UTF8.GetBytes(new JsonObject { [resources] = new JsonArray(resource) }.ToJsonString());
    }

    private static JsonObject Span(OtlpSpan span) => new()
    {
        ["traceId"] = span.TraceId.ToUpperInvariant(),
        ["spanId"] = span.SpanId,
        ["parentSpanId"] = span.ParentSpanId,
        ["traceState"] = "state",
        ["name"] = span.Name,
        ["kind"] = span.Kind,
        ["startTimeUnixNano"] = Whole(span.StartNanos),
        ["endTimeUnixNano"] = span.EndNanos,
        ["attributes"] = Attributes(span.Attributes),
        ["droppedAttributesCount"] = 3,
        ["events"] = new JsonArray([.. span.Events.Select(told => new JsonObject
        {
            ["timeUnixNano"] = Whole(told.TimeNanos), ["name"] = told.Name, ["attributes"] = Attributes(told.Attributes),
        })]),
        ["links"] = new JsonArray(new JsonObject { ["traceState"] = "link" }),
        ["status"] = new JsonObject { ["message"] = span.StatusMessage, ["code"] = span.StatusCode },
        ["flags"] = 257,
    };

    private static JsonArray Attributes(OtlpAttributes attributes) =>
        new([.. attributes.Pairs.Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = Value(pair.Value) })]);

    private static JsonObject Value(OtlpValue value) => value.Kind switch
    {
        OtlpValueKind.Text => new() { ["stringValue"] = value.Text },
        OtlpValueKind.Flag => new() { ["boolValue"] = value.Whole == 1 },
        OtlpValueKind.Whole => new() { ["intValue"] = value.Whole % 2 == 0 ? Whole(value.Whole) : value.Whole },
        OtlpValueKind.Number => new() { ["doubleValue"] = Number(value.Number) },
        OtlpValueKind.Items => new() { ["arrayValue"] = new JsonObject { ["values"] = new JsonArray([.. value.Items.Select(Value)]) } },
        OtlpValueKind.Pairs => new() { ["kvlistValue"] = new JsonObject { ["values"] = Attributes(value.Pairs) } },
        _ => new() { ["bytesValue"] = "AQID" },
    };

    private static JsonObject Metric(OtlpMetric metric)
    {
        var data = new JsonObject { ["dataPoints"] = new JsonArray([.. metric.Points.Select(point => Point(metric.Kind, point))]) };
        if (metric.Kind is not (OtlpMetricKind.Gauge or OtlpMetricKind.Summary))
            data["aggregationTemporality"] = (int)metric.Temporality;
        if (metric.Kind == OtlpMetricKind.Sum)
            data["isMonotonic"] = metric.IsMonotonic;

        var field = char.ToLowerInvariant(metric.Kind.ToString()[0]) + metric.Kind.ToString()[1..];
        return new JsonObject { ["name"] = metric.Name, ["description"] = "described", ["unit"] = metric.Unit, [field] = data };
    }

    private static JsonObject Point(OtlpMetricKind kind, OtlpDataPoint point)
    {
        var json = new JsonObject
        {
            ["startTimeUnixNano"] = Whole(point.StartNanos),
            ["timeUnixNano"] = Whole(point.TimeNanos),
            ["attributes"] = Attributes(point.Attributes),
            ["flags"] = point.HasNoRecordedValue ? 1 : 0,
        };
        if (kind == OtlpMetricKind.Gauge)
            json["asDouble"] = Number(point.Value);
        if (kind == OtlpMetricKind.Sum)
            json["asInt"] = Whole((long)point.Value);
        if (kind is OtlpMetricKind.Gauge or OtlpMetricKind.Sum)
            return json;

        json["count"] = Whole(point.Count);
        json["sum"] = point.Sum is { } sum ? Number(sum) : null;
        json["min"] = point.Least is { } least ? Number(least) : null;
        json["max"] = point.Most is { } most ? Number(most) : null;
        if (kind == OtlpMetricKind.Histogram)
        {
            json["bucketCounts"] = new JsonArray([.. point.BucketCounts.Select(Whole)]);
            json["explicitBounds"] = new JsonArray([.. point.Bounds.Select(Number)]);
        }

        if (kind == OtlpMetricKind.ExponentialHistogram)
        {
            json["scale"] = point.Scale;
            json["zeroCount"] = Whole(point.ZeroCount);
            json["positive"] = Buckets(point.Positive);
            json["negative"] = Buckets(point.Negative);
        }

        return json;
    }

    private static JsonObject Buckets(OtlpBuckets buckets) =>
        new() { ["offset"] = buckets.Offset, ["bucketCounts"] = new JsonArray([.. buckets.Counts.Select(Whole)]) };

    private static JsonNode Whole<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    private static JsonNode Number(double number) => double.IsFinite(number) ? JsonValue.Create(number) : number.ToString(CultureInfo.InvariantCulture);
}
