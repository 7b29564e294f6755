using System.Buffers.Binary;
using System.Text;

namespace LLMscope.Benchmarks.Load;

/// <summary>A request of OTLP with spans of chat calls, as an instrumented application sends them, in protobuf; ids, times and durations can be set without writing it anew.</summary>
/// <remarks>Field numbers: opentelemetry-proto 1.11.0, trace.proto and common.proto.</remarks>
internal sealed class OtlpBody : ILoadBody
{
    /// <summary>Duration, error and tokens per second.</summary>
    public const int SamplesASpan = 3;

    private const int LengthDelimited = 2, Fixed64 = 1;

    private readonly List<int> _ids = [];
    private readonly List<int> _times = [];
    private readonly int _seriesCount;
    private readonly Random _random;

    public OtlpBody(IReadOnlyList<int> series, int spans, Random random)
    {
        (_seriesCount, _random) = (series.Count, random);
        var written = new MemoryStream();
        for (var i = 0; i < spans; i++)
        {
            var span = SpanOf($"model-{series[i % series.Count]}", out var id, out var time);
            Tag(written, 2, LengthDelimited);
            Varint(written, (ulong)span.Length);
            _ids.Add((int)written.Length + id);
            _times.Add((int)written.Length + time);
            written.Write(span);
        }

        var scope = Field(2, written.ToArray());        // ResourceSpans.scope_spans
        var resource = Field(1, scope);                 // ExportTraceServiceRequest.resource_spans
        var before = resource.Length - (int)written.Length;
        _ids = [.. _ids.Select(at => at + before)];
        _times = [.. _times.Select(at => at + before)];
        Bytes = resource;
    }

    public byte[] Bytes { get; }

    public int Samples => _times.Count * SamplesASpan;

    public TimeSpan Span => TimeSpan.FromMilliseconds((_times.Count + _seriesCount - 1) / _seriesCount);

    public void Renew(DateTimeOffset time)
    {
        var nanos = (ulong)(time.UtcDateTime - DateTime.UnixEpoch).Ticks * 100;
        for (var i = 0; i < _times.Count; i++)
        {
            _random.NextBytes(Bytes.AsSpan(_ids[i], 16));
            _random.NextBytes(Bytes.AsSpan(_ids[i] + 18, 8));
            var end = nanos + ((ulong)(i / _seriesCount) * 1_000_000);
            var duration = (ulong)(1e9 * Math.Exp(0.25 * ((_random.NextDouble() * 2) - 1)));
            BinaryPrimitives.WriteUInt64LittleEndian(Bytes.AsSpan(_times[i]), end - duration);
            BinaryPrimitives.WriteUInt64LittleEndian(Bytes.AsSpan(_times[i] + 9), end);
        }
    }

    private static byte[] SpanOf(string model, out int id, out int time)
    {
        var span = new MemoryStream();
        span.Write(Field(1, new byte[16]));                 // trace_id
        id = (int)span.Length - 16;
        span.Write(Field(2, new byte[8]));                  // span_id, two bytes after the trace id
        span.Write(Field(5, "chat"u8.ToArray()));           // name
        Tag(span, 6, 0);                                    // kind: client
        Varint(span, 3);
        Tag(span, 7, Fixed64);                              // start_time_unix_nano
        time = (int)span.Length;
        span.Write(new byte[8]);
        Tag(span, 8, Fixed64);                              // end_time_unix_nano
        span.Write(new byte[8]);
        span.Write(Field(9, Attribute("gen_ai.operation.name", Field(1, "chat"u8.ToArray()))));
        span.Write(Field(9, Attribute("gen_ai.provider.name", Field(1, "load"u8.ToArray()))));
        span.Write(Field(9, Attribute("gen_ai.request.model", Field(1, Encoding.UTF8.GetBytes(model)))));
        span.Write(Field(9, Attribute("gen_ai.usage.input_tokens", [3 << 3, 120])));
        span.Write(Field(9, Attribute("gen_ai.usage.output_tokens", [3 << 3, 95])));
        return span.ToArray();
    }

    private static byte[] Attribute(string key, byte[] value) => [.. Field(1, Encoding.UTF8.GetBytes(key)), .. Field(2, value)];

    private static byte[] Field(int number, byte[] content)
    {
        var field = new MemoryStream();
        Tag(field, number, LengthDelimited);
        Varint(field, (ulong)content.Length);
        field.Write(content);
        return field.ToArray();
    }

    private static void Tag(MemoryStream to, int number, int wireType) => Varint(to, (ulong)((number << 3) | wireType));

    private static void Varint(MemoryStream to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            to.WriteByte((byte)(value | 0x80));
        to.WriteByte((byte)value);
    }
}
