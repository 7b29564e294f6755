using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Calls methods of gRPC over plain HTTP/2, as any client of gRPC does on the wire.</summary>
internal sealed class GrpcClient(int port) : IDisposable
{
    public const string Traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    public const string Metrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    public const string Logs = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

    private readonly HttpClient _client = new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public Task<GrpcReply> CallAsync(string method, byte[] message, bool isPacked = false) =>
        SendAsync(method, Frame(isPacked ? OtlpSender.Gzip(message) : message, isPacked), isPacked ? "gzip" : null);

    public async Task<GrpcReply> SendAsync(string method, byte[] body, string? encoding = null, string type = "application/grpc")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (encoding is not null)
            request.Headers.Add("grpc-encoding", encoding);

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var frame = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new GrpcReply(
            answer.StatusCode,
            int.Parse(Header(answer, "grpc-status") ?? "-1", CultureInfo.InvariantCulture),
            Uri.UnescapeDataString(Header(answer, "grpc-message") ?? ""),
            Header(answer, "grpc-status-details-bin"),
            frame.Length < 5 ? null : frame[5..]);
    }

    public static byte[] Frame(byte[] message, bool isPacked)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = isPacked ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public void Dispose() => _client.Dispose();

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.TrailingHeaders.TryGetValues(name, out values) ? values.Single() : null;
}

/// <param name="Code">grpc-status.</param>
/// <param name="Message">grpc-message, decoded.</param>
/// <param name="Details">grpc-status-details-bin.</param>
/// <param name="Response">The message; null where there is none.</param>
internal sealed record GrpcReply(HttpStatusCode Status, int Code, string Message, string? Details, byte[]? Response);
