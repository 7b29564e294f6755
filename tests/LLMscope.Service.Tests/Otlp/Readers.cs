using System.Text.Json;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Reads a body as one kind of request and tells what was read, or that it was refused.</summary>
internal static class Readers
{
    public const string Refused = "refused";

    public static List<string> Spans(byte[] body, bool isJson)
    {
        var read = new List<string>();
        if (isJson)
            JsonSpans.Read(body, (span, origin) => read.Add(ReadText.Of(span, origin)));
        else
            ProtobufSpans.Read(body, (span, origin) => read.Add(ReadText.Of(span, origin)));
        return read;
    }

    public static List<string> Metrics(byte[] body, bool isJson)
    {
        var reading = new MetricReading();
        if (isJson)
            JsonMetrics.Read(body, reading);
        else
            ProtobufMetrics.Read(body, reading);
        return [.. reading.Metrics.Select(read => ReadText.Of(read.Metric, read.Origin))];
    }

    /// <summary>The only ways in which reading may end: something was read, or it is said why not. Anything else is thrown on.</summary>
    public static string Outcome(byte[] body, bool isJson, OtlpSignal signal)
    {
        try
        {
            var records = 0;
            switch (signal)
            {
                case OtlpSignal.Traces:
                    return $"{Spans(body, isJson).Count}";
                case OtlpSignal.Metrics:
                    return $"{Metrics(body, isJson).Count}";
                default:
                    if (isJson)
                        JsonLogs.Read(body, () => records++);
                    else
                        ProtobufLogs.Read(body, () => records++);
                    return $"{records}";
            }
        }
        catch (Exception fault) when (fault is MalformedOtlpException or JsonException || fault.Source == "System.Text.Json.Rethrowable")
        {
            return Refused;
        }
    }
}
