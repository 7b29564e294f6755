using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Otlp;

/// <summary>OTLP over HTTP: protobuf and JSON, each answered in kind.</summary>
/// <remarks>opentelemetry.io/docs/specs/otlp, section OTLP/HTTP.</remarks>
internal sealed class OtlpHttp(OtlpReceiver receiver, OtlpMemory memory, OtlpMeter meter, IOptions<OtlpOptions> options)
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    /// <summary>The signal whose address this path is, with or without a slash at its end.</summary>
    public static OtlpSignal? SignalOf(PathString path) => path.Value?.TrimEnd('/') switch
    {
        "/v1/traces" => OtlpSignal.Traces,
        "/v1/metrics" => OtlpSignal.Metrics,
        "/v1/logs" => OtlpSignal.Logs,
        _ => null,
    };

    /// <summary>Answers any request to the port of OTLP/HTTP.</summary>
    public Task AnswerAsync(HttpContext context) => SignalOf(context.Request.Path) is { } signal
        ? AnswerAsync(context, signal)
        : WriteAsync(context, OtlpSignal.Traces, new OtlpAnswer(OtlpRefusal.UnknownPath, "OTLP has the addresses /v1/traces, /v1/metrics and /v1/logs."));

    public async Task AnswerAsync(HttpContext context, OtlpSignal signal)
    {
        var answer = await TakeAsync(context, signal);
        meter.Answered(signal, IsProtobuf(context.Request) ? OtlpEncoding.Protobuf : OtlpEncoding.Json, answer);
        await WriteAsync(context, signal, answer);
    }

    /// <summary>Says in the encoding of the request that LLMscope failed.</summary>
    public static Task AnswerFaultAsync(HttpContext context) =>
        WriteAsync(context, OtlpSignal.Traces, new OtlpAnswer(OtlpRefusal.Fault, "LLMscope failed to take this; its log says why."));

    private async Task<OtlpAnswer> TakeAsync(HttpContext context, OtlpSignal signal)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method))
            return new OtlpAnswer(OtlpRefusal.UnknownMethod, "OTLP is sent by POST.");
        if (!IsProtobuf(request) && !request.HasJsonContentType())
            return new OtlpAnswer(OtlpRefusal.UnknownType, $"The content type is '{request.ContentType}'. Send {Protobuf} or {Json}.");

        var compression = request.Headers.ContentEncoding.ToString();
        var isGzip = compression.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!isGzip && compression.Length > 0 && !compression.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return new OtlpAnswer(OtlpRefusal.UnknownType, $"The content encoding is '{compression}'. Send gzip or none.");
        if (receiver.WhyClosed() is { } closed)
            return closed;

        // Counted here: the server would not read the rest of what is too large, and a sender that still writes it would not see the answer.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;

        var (body, fault) = await OtlpBody.ReadAsync(request.Body, request.ContentLength, options.Value.LargestBody, memory, context.RequestAborted);
        using (body)
        {
            return fault
                ?? (isGzip ? await UnpackAsync(signal, !IsProtobuf(request), body!, context.RequestAborted) : await receiver.TakeAsync(signal, !IsProtobuf(request), body!.Bytes));
        }
    }

    private async Task<OtlpAnswer> UnpackAsync(OtlpSignal signal, bool isJson, OtlpBody packed, CancellationToken cancellation)
    {
        var (body, fault) = await packed.UnpackAsync(options.Value.LargestBody, cancellation);
        using (body)
            return fault ?? await receiver.TakeAsync(signal, isJson, body!.Bytes);
    }

    private static async Task WriteAsync(HttpContext context, OtlpSignal signal, OtlpAnswer answer)
    {
        var isProtobuf = IsProtobuf(context.Request);
        var response = context.Response;
        response.StatusCode = StatusOf(answer.Refusal);
        response.ContentType = isProtobuf ? Protobuf : Json;
        if (answer.MayRetry)
            response.Headers.RetryAfter = OtlpAnswer.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        if (answer.Refusal == OtlpRefusal.UnknownMethod)
            response.Headers.Allow = HttpMethods.Post;

        var body = isProtobuf ? OtlpAnswerBytes.Protobuf(answer) : OtlpAnswerBytes.Json(answer, signal);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static int StatusOf(OtlpRefusal? refusal) => refusal switch
    {
        null => StatusCodes.Status200OK,
        OtlpRefusal.Malformed => StatusCodes.Status400BadRequest,
        OtlpRefusal.UnknownPath => StatusCodes.Status404NotFound,
        OtlpRefusal.UnknownMethod => StatusCodes.Status405MethodNotAllowed,
        OtlpRefusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        OtlpRefusal.UnknownType or OtlpRefusal.UnknownCompression => StatusCodes.Status415UnsupportedMediaType,
        OtlpRefusal.Full => StatusCodes.Status429TooManyRequests,
        OtlpRefusal.NotReady => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static bool IsProtobuf(HttpRequest request) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase);
}
