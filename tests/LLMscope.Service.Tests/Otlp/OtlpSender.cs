using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Sends bodies over OTLP/HTTP and reads what is answered.</summary>
internal static class OtlpSender
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    public static async Task<OtlpReply> SendAsync(HttpClient client, string path, byte[] body, string type, string? encoding = null, bool chunked = false)
    {
        using var content = chunked ? (HttpContent)new Samples.PieceContent(body, new Random(1)) : new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return new OtlpReply(
            answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", answer.Headers.RetryAfter,
            await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public static byte[] Gzip(ReadOnlySpan<byte> body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return packed.ToArray();
    }

    /// <summary>Zeros that unpack to more than this many megabytes.</summary>
    public static byte[] Bomb(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i <= megabytes; i++)
                gzip.Write(new byte[1024 * 1024]);
        }

        return packed.ToArray();
    }
}

/// <summary>An answer of OTLP/HTTP.</summary>
internal sealed record OtlpReply(HttpStatusCode Status, string Type, RetryConditionHeaderValue? RetryAfter, byte[] Body)
{
    /// <summary>How many items were rejected, and why; nothing where all were taken.</summary>
    public (int Rejected, string Message)? Partial
    {
        get
        {
            Assert.Equal(HttpStatusCode.OK, Status);
            if (Type == OtlpSender.Json)
            {
                var partial = JsonNode.Parse(Body)!["partialSuccess"]?.AsObject();
                var rejected = partial?.Single(one => one.Key.StartsWith("rejected", StringComparison.Ordinal)).Value!.GetValue<string>();
                return partial is null ? null : (int.Parse(rejected!, CultureInfo.InvariantCulture), partial["errorMessage"]!.GetValue<string>());
            }

            return Body.Length == 0 ? null : PartialIn(Body);
        }
    }

    /// <summary>The code and the message of google.rpc.Status.</summary>
    public (int Code, string Message) Rpc => Type == OtlpSender.Json
        ? (JsonNode.Parse(Body)!["code"]!.GetValue<int>(), JsonNode.Parse(Body)!["message"]!.GetValue<string>())
        : PairIn(Body);

    public static (int Number, string Message) PartialIn(byte[] response)
    {
        Assert.Equal(0x0A, response[0]);
        return PairIn(response[(response[1] < 0x80 ? 2 : 3)..]);
    }

    // {1 a small number, 2 text}, which is how both messages begin.
    private static (int Number, string Text) PairIn(byte[] message)
    {
        Assert.Equal((0x08, 0x12), (message[0], message[2]));
        var length = message[3] < 0x80 ? 1 : 2;
        return (message[1], Encoding.UTF8.GetString(message.AsSpan((3 + length)..)));
    }
}
