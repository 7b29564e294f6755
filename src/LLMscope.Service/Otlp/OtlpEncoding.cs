namespace LLMscope.Service.Otlp;

/// <summary>How a request came.</summary>
internal enum OtlpEncoding : byte
{
    Protobuf,
    Json,
    Grpc,
}
