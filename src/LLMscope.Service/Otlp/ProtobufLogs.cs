namespace LLMscope.Service.Otlp;

/// <summary>Counts the records of an ExportLogsServiceRequest in protobuf. Nothing of them is read.</summary>
internal static class ProtobufLogs
{
    public static void Read(ReadOnlySpan<byte> request, Action take) => ProtobufEnvelope.Read(request, (_, _) => take());
}
