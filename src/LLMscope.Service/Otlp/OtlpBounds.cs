namespace LLMscope.Service.Otlp;

/// <summary>What is kept of a request at most, in either encoding. The size of its body is bounded by <see cref="OtlpOptions.LargestBody"/>.</summary>
internal static class OtlpBounds
{
    /// <summary>Attributes of one span, event, data point or resource, and what their values hold within; those after them are left out.</summary>
    public const int Attributes = 1_024;

    /// <summary>Spans of one request; those after them are rejected. The SDKs send 512 at most.</summary>
    public const int Spans = 100_000;

    /// <summary>Events of one span; those after them are left out. It is what the SDKs send at most.</summary>
    public const int Events = 128;

    /// <summary>Values within values; a deeper one is left out.</summary>
    public const int Depth = 16;

    /// <summary>Bytes of UTF-8 of one text; what follows is cut off.</summary>
    public const int Text = 4_096;

    /// <summary>Bytes of an identifier. Those of OTLP have 16 and 8; a longer one is wrong.</summary>
    public const int Id = 32;

    /// <summary>Data points of one request; those after them are rejected. The SDKs send 2,000 a metric at most.</summary>
    public const int Points = 100_000;

    /// <summary>Buckets of one data point; more are wrong. The SDKs send 160 at most.</summary>
    public const int Buckets = 4_096;

    /// <summary>Levels of JSON. Deeper is wrong.</summary>
    public const int JsonDepth = 512;
}
