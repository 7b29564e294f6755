namespace LLMscope.Service.Otlp;

/// <summary>Counts the records of an ExportLogsServiceRequest in JSON. Nothing of them is read.</summary>
internal static class JsonLogs
{
    public static void Read(ReadOnlySpan<byte> request, Action take) => JsonEnvelope.Read(
        request,
        OtlpSignal.Logs,
        (ref JsonReading json, OtlpOrigin _) =>
        {
            json.Skip();
            take();
        });
}
