namespace LLMscope.Service.Otlp;

/// <summary>A body that is no request of OTLP. The message is for the sender and says where it went wrong.</summary>
internal sealed class MalformedOtlpException(string message) : Exception(message);
