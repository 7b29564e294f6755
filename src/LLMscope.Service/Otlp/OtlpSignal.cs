namespace LLMscope.Service.Otlp;

internal enum OtlpSignal : byte
{
    Traces,
    Metrics,
    Logs,
}
