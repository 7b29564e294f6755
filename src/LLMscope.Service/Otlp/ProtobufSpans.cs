namespace LLMscope.Service.Otlp;

/// <summary>Reads the spans of an ExportTraceServiceRequest in protobuf, one at a time.</summary>
internal static class ProtobufSpans
{
    /// <exception cref="MalformedOtlpException">What is no such request; the spans before the fault were read.</exception>
    public static void Read(ReadOnlySpan<byte> request, Action<OtlpSpan, OtlpOrigin> take) =>
        ProtobufEnvelope.Read(request, (span, origin) => take(SpanOf(new(span, "a span")), origin));

    private static OtlpSpan SpanOf(ProtobufReader reader)
    {
        var (trace, id, parent, name, kind, start, end, status, message) = ("", "", "", "", 0, 0UL, 0UL, 0, "");
        var attributes = new List<KeyValuePair<string, OtlpValue>>();
        var room = OtlpBounds.Attributes;
        List<OtlpEvent>? events = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    trace = reader.Id();
                    break;
                case 2:
                    id = reader.Id();
                    break;
                case 4:
                    parent = reader.Id();
                    break;
                case 5:
                    name = reader.Text();
                    break;
                case 6:
                    kind = (int)reader.Varint();
                    break;
                case 7:
                    start = reader.Fixed64();
                    break;
                case 8:
                    end = reader.Fixed64();
                    break;
                case 9:
                    ProtobufAttributes.Add(attributes, reader.Message("an attribute"), ref room);
                    break;
                case 11 when events is null || events.Count < OtlpBounds.Events:
                    (events ??= []).Add(EventOf(reader.Message("an event")));
                    break;
                case 15:
                    (status, message) = StatusOf(reader.Message("a status"));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OtlpSpan(trace, id, parent, name, kind, start, end, new OtlpAttributes(attributes), events ?? [], status, message);
    }

    private static OtlpEvent EventOf(ProtobufReader reader)
    {
        var (time, name) = (0UL, "");
        var attributes = new List<KeyValuePair<string, OtlpValue>>();
        var room = OtlpBounds.Attributes;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    time = reader.Fixed64();
                    break;
                case 2:
                    name = reader.Text();
                    break;
                case 3:
                    ProtobufAttributes.Add(attributes, reader.Message("an attribute"), ref room);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OtlpEvent(time, name, new OtlpAttributes(attributes));
    }

    private static (int Code, string Message) StatusOf(ProtobufReader reader)
    {
        var (code, message) = (0, "");
        while (reader.Next())
        {
            if (reader.Field == 2)
                message = reader.Text();
            else if (reader.Field == 3)
                code = (int)reader.Varint();
            else
                reader.Skip();
        }

        return (code, message);
    }
}
