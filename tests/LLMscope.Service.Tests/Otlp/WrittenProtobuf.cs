using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Writes what was read as a sender writes it in protobuf.</summary>
internal static class WrittenProtobuf
{
    public static byte[] Spans(OtlpOrigin origin, params OtlpSpan[] spans) => Request(origin, spans.Select(Span));

    public static byte[] Metrics(OtlpOrigin origin, params OtlpMetric[] metrics) => Request(origin, metrics.Select(Metric));

    public static byte[] Logs(int records) =>
        Request(OtlpOrigin.Unknown, Enumerable.Range(0, records).Select(i => new Wire().Fixed64(1, (ulong)i).Message(5, new Wire().Text(1, "said"))));

    public static Wire Span(OtlpSpan span)
    {
        var wire = new Wire().Bytes(1, Convert.FromHexString(span.TraceId)).Bytes(2, Convert.FromHexString(span.SpanId)).Text(3, "state")
            .Bytes(4, Convert.FromHexString(span.ParentSpanId)).Text(5, span.Name).Varint(6, (ulong)span.Kind).Fixed64(7, span.StartNanos).Fixed64(8, span.EndNanos);
        AddAttributes(wire, 9, span.Attributes).Varint(10, 3);
        foreach (var told in span.Events)
            wire.Message(11, AddAttributes(new Wire().Fixed64(1, told.TimeNanos).Text(2, told.Name), 3, told.Attributes));

        return wire.Message(13, new Wire().Text(3, "link")).Message(15, new Wire().Text(2, span.StatusMessage).Varint(3, (ulong)span.StatusCode)).Fixed32(16, 257);
    }

    public static Wire Value(OtlpValue value)
    {
        var wire = new Wire();
        return value.Kind switch
        {
            OtlpValueKind.Text => wire.Text(1, value.Text!),
            OtlpValueKind.Flag => wire.Varint(2, (ulong)value.Whole),
            OtlpValueKind.Whole => wire.Varint(3, (ulong)value.Whole),
            OtlpValueKind.Number => wire.Double(4, value.Number),
            OtlpValueKind.Items => wire.Message(5, value.Items.Aggregate(new Wire(), (array, item) => array.Message(1, Value(item)))),
            OtlpValueKind.Pairs => wire.Message(6, AddAttributes(new Wire(), 1, value.Pairs)),
            _ => wire.Bytes(7, [1, 2, 3]),
        };
    }

    public static Wire AddAttributes(Wire wire, int field, OtlpAttributes attributes)
    {
        foreach (var (name, value) in attributes.Pairs)
            wire.Message(field, new Wire().Text(1, name).Message(2, Value(value)));

        return wire;
    }

    private static byte[] Request(OtlpOrigin origin, IEnumerable<Wire> items)
    {
        var scope = items.Aggregate(new Wire().Message(1, new Wire().Text(1, origin.Scope).Text(2, "1.0")), (wire, item) => wire.Message(2, item)).Text(3, "schema");
        return new Wire().Message(1, new Wire().Message(1, AddAttributes(new Wire(), 1, origin.Resource)).Message(2, scope)).ToArray();
    }

    private static Wire Metric(OtlpMetric metric)
    {
        var data = new Wire();
        foreach (var point in metric.Points)
            data.Message(1, Point(metric.Kind, point));
        if (metric.Kind is not (OtlpMetricKind.Gauge or OtlpMetricKind.Summary))
            data.Varint(2, (ulong)metric.Temporality);
        if (metric.Kind == OtlpMetricKind.Sum)
            data.Varint(3, metric.IsMonotonic ? 1UL : 0);

        var field = metric.Kind switch { OtlpMetricKind.Gauge => 5, OtlpMetricKind.Sum => 7, OtlpMetricKind.Histogram => 9, OtlpMetricKind.ExponentialHistogram => 10, _ => 11 };
        return new Wire().Text(1, metric.Name).Text(2, "described").Text(3, metric.Unit).Message(field, data);
    }

    private static Wire Point(OtlpMetricKind kind, OtlpDataPoint point)
    {
        var wire = new Wire().Fixed64(2, point.StartNanos).Fixed64(3, point.TimeNanos);
        var flags = point.HasNoRecordedValue ? 1UL : 0;
        switch (kind)
        {
            case OtlpMetricKind.Gauge:
                return AddAttributes(wire.Double(4, point.Value), 7, point.Attributes).Varint(8, flags);
            case OtlpMetricKind.Sum:
                return AddAttributes(wire.Fixed64(6, (ulong)(long)point.Value), 7, point.Attributes).Varint(8, flags);
            case OtlpMetricKind.Histogram:
                wire.Fixed64(4, point.Count).PackedFixed64(6, point.BucketCounts).PackedFixed64(7, point.Bounds.Select(BitConverter.DoubleToUInt64Bits)).Varint(10, flags);
                AddStatistics(wire, point, least: 11, most: 12);
                return AddAttributes(wire, 9, point.Attributes);
            case OtlpMetricKind.ExponentialHistogram:
                wire.Fixed64(4, point.Count).ZigZag(6, point.Scale).Fixed64(7, point.ZeroCount).Varint(10, flags)
                    .Message(8, new Wire().ZigZag(1, point.Positive.Offset).PackedVarint(2, point.Positive.Counts))
                    .Message(9, new Wire().ZigZag(1, point.Negative.Offset).PackedVarint(2, point.Negative.Counts));
                AddStatistics(wire, point, least: 12, most: 13);
                return AddAttributes(wire, 1, point.Attributes);
            default:
                AddStatistics(wire.Fixed64(4, point.Count), point, 0, 0);
                return AddAttributes(wire.Message(6, new Wire().Double(1, 0.5).Double(2, 1)), 7, point.Attributes).Varint(8, flags);
        }
    }

    private static void AddStatistics(Wire wire, OtlpDataPoint point, int least, int most)
    {
        if (point.Sum is { } sum)
            wire.Double(5, sum);
        if (point.Least is { } smallest)
            wire.Double(least, smallest);
        if (point.Most is { } largest)
            wire.Double(most, largest);
    }
}
