using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Otlp;

/// <summary>OTLP over gRPC: one message in, one message out, on plain HTTP/2.</summary>
/// <remarks>github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md.</remarks>
internal sealed class OtlpGrpc(OtlpReceiver receiver, OtlpMemory memory, OtlpMeter meter, IOptions<OtlpOptions> options)
{
    private const string ContentType = "application/grpc";
    private const int FrameHead = 5; // whether it is packed, and its length

    /// <summary>The signal whose method this path is.</summary>
    public static OtlpSignal? SignalOf(PathString path) => path.Value switch
    {
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export" => OtlpSignal.Traces,
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" => OtlpSignal.Metrics,
        "/opentelemetry.proto.collector.logs.v1.LogsService/Export" => OtlpSignal.Logs,
        _ => null,
    };

    /// <summary>Answers any request to the port of OTLP/gRPC.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (!IsGrpc(context.Request.ContentType))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (SignalOf(context.Request.Path) is not { } signal)
        {
            Refuse(context, new OtlpAnswer(OtlpRefusal.UnknownPath, "LLMscope has the services of OTLP for traces, metrics and logs."));
            return;
        }

        var answer = await TakeAsync(context, signal);
        meter.Answered(signal, OtlpEncoding.Grpc, answer);
        if (answer.Refusal is null)
            await WriteAsync(context, OtlpAnswerBytes.Protobuf(answer));
        else
            Refuse(context, answer);
    }

    /// <summary>Says that LLMscope failed.</summary>
    public static void AnswerFault(HttpContext context) => Refuse(context, new OtlpAnswer(OtlpRefusal.Fault, "LLMscope failed to take this; its log says why."));

    private async Task<OtlpAnswer> TakeAsync(HttpContext context, OtlpSignal signal)
    {
        var compression = context.Request.Headers["grpc-encoding"].ToString();
        if (compression is not ("" or "identity" or "gzip"))
        {
            context.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
            return new OtlpAnswer(OtlpRefusal.UnknownCompression, $"The encoding '{compression}' is not known; send gzip or identity.");
        }

        if (receiver.WhyClosed() is { } closed)
            return closed;

        var largest = options.Value.LargestBody;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null; // counted here

        var head = new byte[FrameHead];
        if (await context.Request.Body.ReadAtLeastAsync(head, FrameHead, throwOnEndOfStream: false, context.RequestAborted) < FrameHead)
            return OtlpAnswer.Malformed("The request has no message.");

        var length = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(1));
        if (length > largest)
            return OtlpAnswer.TooLarge(largest);
        if (head[0] > 1 || (head[0] == 1 && compression != "gzip"))
            return OtlpAnswer.Malformed("The message is packed in a way that its head does not name.");

        var (body, fault) = await OtlpBody.ReadAsync(context.Request.Body, length, largest, memory, context.RequestAborted);
        using (body)
        {
            if (fault is not null)
                return fault;
            if (body!.Length != length)
                return OtlpAnswer.Malformed($"The message is said to have {length} bytes and the request has {body.Length}.");

            return head[0] == 0 ? await receiver.TakeAsync(signal, isJson: false, body.Bytes) : await UnpackAsync(signal, body, largest, context.RequestAborted);
        }
    }

    private async Task<OtlpAnswer> UnpackAsync(OtlpSignal signal, OtlpBody packed, int largest, CancellationToken cancellation)
    {
        var (body, fault) = await packed.UnpackAsync(largest, cancellation);
        using (body)
            return fault ?? await receiver.TakeAsync(signal, isJson: false, body!.Bytes);
    }

    private static async Task WriteAsync(HttpContext context, byte[] message)
    {
        context.Response.ContentType = ContentType;
        context.Response.AppendTrailer("grpc-status", "0");
        var frame = new byte[FrameHead + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, FrameHead);
        await context.Response.Body.WriteAsync(frame, context.RequestAborted);
    }

    // Without a message the status stands among the headers ("Trailers-Only").
    private static void Refuse(HttpContext context, OtlpAnswer answer)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = ContentType;
        headers["grpc-status"] = OtlpAnswerBytes.CodeOf(answer.Refusal!.Value).ToString(CultureInfo.InvariantCulture);
        headers["grpc-message"] = PercentEncoded(answer.Message);
        if (answer.MayRetry)
            headers["grpc-status-details-bin"] = Convert.ToBase64String(OtlpAnswerBytes.StatusWithRetry(answer)).TrimEnd('=');
    }

    // Everything but the printable characters of ASCII, and the percent sign.
    private static string PercentEncoded(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (var part in Encoding.UTF8.GetBytes(message))
        {
            if (part is >= 0x20 and <= 0x7E and not (byte)'%')
                encoded.Append((char)part);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
        }

        return encoded.ToString();
    }

    private static bool IsGrpc(string? type) =>
        type is not null && type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == ContentType.Length || type[ContentType.Length] == ';' || type.AsSpan(ContentType.Length).StartsWith("+proto", StringComparison.OrdinalIgnoreCase));
}
