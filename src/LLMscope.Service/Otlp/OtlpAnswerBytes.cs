using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LLMscope.Service.Otlp;

/// <summary>The bodies of answers: Export…ServiceResponse and google.rpc.Status, in protobuf and in JSON.</summary>
internal static class OtlpAnswerBytes
{
    // Status of google.rpc by number, which OTLP has in common with gRPC.
    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;
    private const int Unimplemented = 12;
    private const int Internal = 13;
    private const int Unavailable = 14;

    public static int CodeOf(OtlpRefusal refusal) => refusal switch
    {
        OtlpRefusal.TooLarge or OtlpRefusal.Full => ResourceExhausted,
        OtlpRefusal.NotReady => Unavailable,
        OtlpRefusal.UnknownMethod or OtlpRefusal.UnknownPath or OtlpRefusal.UnknownCompression => Unimplemented,
        OtlpRefusal.Fault => Internal,
        _ => InvalidArgument,
    };

    /// <summary>Export…ServiceResponse{1 partial_success{1 rejected, 2 error_message}}, or google.rpc.Status where nothing was taken.</summary>
    public static byte[] Protobuf(OtlpAnswer answer)
    {
        if (answer.Refusal is { } refusal)
            return Status(CodeOf(refusal), answer.Message, null);
        if (answer.Message.Length == 0)
            return [];

        return new ProtobufMessage().Message(1, new ProtobufMessage().Number(1, (ulong)answer.Rejected).Text(2, answer.Message)).ToArray();
    }

    public static byte[] Json(OtlpAnswer answer, OtlpSignal signal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (answer.Refusal is { } refusal)
            {
                json.WriteNumber("code", CodeOf(refusal));
                json.WriteString("message", answer.Message);
            }
            else if (answer.Message.Length > 0)
            {
                json.WriteStartObject("partialSuccess");
                json.WriteString(RejectedOf(signal), answer.Rejected.ToString(CultureInfo.InvariantCulture));
                json.WriteString("errorMessage", answer.Message);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>google.rpc.Status with google.rpc.RetryInfo for who may come again: gRPC has no Retry-After.</summary>
    public static byte[] StatusWithRetry(OtlpAnswer answer)
    {
        var delay = new ProtobufMessage().Number(1, OtlpAnswer.RetryAfterSeconds);
        var retry = new ProtobufMessage().Message(1, delay);
        return Status(CodeOf(answer.Refusal!.Value), answer.Message, answer.MayRetry ? retry : null);
    }

    // Status{1 code, 2 message, 3 details*{1 type_url, 2 value}}
    private static byte[] Status(int code, string message, ProtobufMessage? retry)
    {
        var status = new ProtobufMessage().Number(1, (ulong)code).Text(2, message);
        if (retry is not null)
            status.Message(3, new ProtobufMessage().Text(1, "type.googleapis.com/google.rpc.RetryInfo").Message(2, retry));

        return status.ToArray();
    }

    private static string RejectedOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Traces => "rejectedSpans",
        OtlpSignal.Metrics => "rejectedDataPoints",
        _ => "rejectedLogRecords",
    };
}

/// <summary>Writes the few fields that answers have.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int Bytes = 2;

    private readonly ArrayBufferWriter<byte> _to = new();

    public ProtobufMessage Number(int field, ulong value)
    {
        WriteVarint((ulong)((field << 3) | Varint));
        WriteVarint(value);
        return this;
    }

    public ProtobufMessage Text(int field, string text) => WriteBytes(field, Encoding.UTF8.GetBytes(text));

    public ProtobufMessage Message(int field, ProtobufMessage message) => WriteBytes(field, message._to.WrittenSpan);

    public byte[] ToArray() => _to.WrittenSpan.ToArray();

    private ProtobufMessage WriteBytes(int field, ReadOnlySpan<byte> bytes)
    {
        WriteVarint((ulong)((field << 3) | Bytes));
        WriteVarint((ulong)bytes.Length);
        _to.Write(bytes);
        return this;
    }

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _to.Write([(byte)(value | 0x80)]);

        _to.Write([(byte)value]);
    }
}
