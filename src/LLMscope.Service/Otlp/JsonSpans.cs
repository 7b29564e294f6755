namespace LLMscope.Service.Otlp;

/// <summary>Reads the spans of an ExportTraceServiceRequest in JSON, one at a time.</summary>
internal static class JsonSpans
{
    /// <exception cref="MalformedOtlpException">What is no such request; the spans before the fault were read.</exception>
    /// <exception cref="System.Text.Json.JsonException">What is no JSON.</exception>
    public static void Read(ReadOnlySpan<byte> request, Action<OtlpSpan, OtlpOrigin> take) => JsonEnvelope.Read(
        request, OtlpSignal.Traces, (ref JsonReading json, OtlpOrigin origin) => take(SpanOf(ref json), origin));

    private static OtlpSpan SpanOf(ref JsonReading json)
    {
        var (trace, id, parent, name, kind, start, end, status, message) = ("", "", "", "", 0, 0UL, 0UL, 0, "");
        var attributes = OtlpAttributes.Empty;
        IReadOnlyList<OtlpEvent> events = [];
        json.EnterObject();
        while (json.NextField())
        {
            if (json.Is("traceId"u8))
                trace = json.Id();
            else if (json.Is("spanId"u8))
                id = json.Id();
            else if (json.Is("parentSpanId"u8))
                parent = json.Id();
            else if (json.Is("name"u8))
                name = json.Text();
            else if (json.Is("kind"u8))
                kind = json.Choice();
            else if (json.Is("startTimeUnixNano"u8))
                start = json.Unsigned();
            else if (json.Is("endTimeUnixNano"u8))
                end = json.Unsigned();
            else if (json.Is("attributes"u8))
                attributes = JsonAttributes.Read(ref json);
            else if (json.Is("events"u8))
                events = EventsOf(ref json);
            else if (json.Is("status"u8))
                (status, message) = StatusOf(ref json);
            else
                json.Skip();
        }

        return new OtlpSpan(trace, id, parent, name, kind, start, end, attributes, events, status, message);
    }

    private static List<OtlpEvent> EventsOf(ref JsonReading json)
    {
        var events = new List<OtlpEvent>();
        if (!json.TryEnterList())
            return events;

        while (json.NextItem())
        {
            if (events.Count < OtlpBounds.Events)
                events.Add(EventOf(ref json));
            else
                json.Skip();
        }

        return events;
    }

    private static OtlpEvent EventOf(ref JsonReading json)
    {
        var (time, name, attributes) = (0UL, "", OtlpAttributes.Empty);
        json.EnterObject();
        while (json.NextField())
        {
            if (json.Is("timeUnixNano"u8))
                time = json.Unsigned();
            else if (json.Is("name"u8))
                name = json.Text();
            else if (json.Is("attributes"u8))
                attributes = JsonAttributes.Read(ref json);
            else
                json.Skip();
        }

        return new OtlpEvent(time, name, attributes);
    }

    private static (int Code, string Message) StatusOf(ref JsonReading json)
    {
        var (code, message) = (0, "");
        if (!json.TryEnterObject())
            return (code, message);

        while (json.NextField())
        {
            if (json.Is("code"u8))
                code = json.Choice();
            else if (json.Is("message"u8))
                message = json.Text();
            else
                json.Skip();
        }

        return (code, message);
    }
}
