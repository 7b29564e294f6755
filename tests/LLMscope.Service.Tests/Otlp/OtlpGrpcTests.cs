using System.Net;
using System.Text;
using LLMscope.Service.Tests.Samples;

namespace LLMscope.Service.Tests.Otlp;

public sealed class OtlpGrpcTests(OtlpPortsHost ports) : IClassFixture<OtlpPortsHost>, IDisposable
{
    private readonly GrpcClient _client = new(ports.GrpcPort);
    private readonly string _model = Guid.NewGuid().ToString("N");

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_is_on_disk_once_it_is_acknowledged(bool isPacked)
    {
        var reply = await _client.CallAsync(GrpcClient.Traces, WrittenProtobuf.Spans(Calls.Shop, Calls.Span(_model), Calls.Other()), isPacked);

        Assert.Equal((HttpStatusCode.OK, 0, 0), (reply.Status, reply.Code, reply.Response!.Length));
        Assert.Equal(1, await CallsAsync());
    }

    [Fact]
    public async Task Many_calls_come_over_one_connection_at_once()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _client.CallAsync(GrpcClient.Traces, WrittenProtobuf.Spans(Calls.Shop, Calls.Span(_model)))));

        Assert.All(replies, reply => Assert.Equal(0, reply.Code));
        Assert.Equal(40, await CallsAsync());
    }

    [Fact]
    public async Task What_cannot_be_taken_is_counted_while_the_others_are_taken()
    {
        var spans = await _client.CallAsync(GrpcClient.Traces, WrittenProtobuf.Spans(Calls.Shop, Calls.Span(_model), Calls.Wrong(_model)));
        var logs = await _client.CallAsync(GrpcClient.Logs, WrittenProtobuf.Logs(2));
        var metrics = await _client.CallAsync(GrpcClient.Metrics, []);

        Assert.Equal((0, 1), (spans.Code, OtlpReply.PartialIn(spans.Response!).Number));
        Assert.Equal((0, (2, "LLMscope takes traces and metrics; logs are not kept.")), (logs.Code, OtlpReply.PartialIn(logs.Response!)));
        Assert.Equal((0, 0), (metrics.Code, metrics.Response!.Length));
        Assert.Equal(1, await CallsAsync());
    }

    [Theory]
    [InlineData("/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export")]
    [InlineData("/grpc.health.v1.Health/Check")]
    [InlineData("/v1/traces")]
    [InlineData("/")]
    public async Task Another_method_is_not_implemented(string method)
    {
        Assert.Equal((HttpStatusCode.OK, 12), await _client.CallAsync(method, []) is var reply ? (reply.Status, reply.Code) : default);
    }

    [Fact]
    public async Task What_is_malformed_is_an_invalid_argument()
    {
        var valid = WrittenProtobuf.Spans(Calls.Shop, Calls.Span(_model));
        GrpcReply[] replies =
        [
            await _client.CallAsync(GrpcClient.Traces, valid[..^1]),
            await _client.CallAsync(GrpcClient.Traces, WrittenProtobuf.Logs(1)),
            await _client.SendAsync(GrpcClient.Traces, []),
            await _client.SendAsync(GrpcClient.Traces, [0, 0]),
            await _client.SendAsync(GrpcClient.Traces, GrpcClient.Frame(valid, isPacked: false)[..^1]),
            await _client.SendAsync(GrpcClient.Traces, [.. GrpcClient.Frame(valid, isPacked: false), 0]),
            await _client.SendAsync(GrpcClient.Traces, GrpcClient.Frame(valid, isPacked: true), "gzip"),
            await _client.SendAsync(GrpcClient.Traces, GrpcClient.Frame(valid, isPacked: true)),
            await _client.SendAsync(GrpcClient.Traces, [7, 0, 0, 0, 0]),
        ];

        Assert.All(replies, reply => Assert.Equal((HttpStatusCode.OK, 3, null), (reply.Status, reply.Code, reply.Details)));
        Assert.Contains("ends within a value", replies[0].Message, StringComparison.Ordinal);
        Assert.Equal(0, await CallsAsync());
    }

    [Fact]
    public async Task Another_packing_or_content_type_is_refused()
    {
        Assert.Equal(12, (await _client.SendAsync(GrpcClient.Traces, GrpcClient.Frame([], isPacked: false), "zstd")).Code);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _client.SendAsync(GrpcClient.Traces, [], type: "application/json")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _client.SendAsync(GrpcClient.Traces, [], type: "application/grpc-web")).Status);
        Assert.Equal(0, (await _client.SendAsync(GrpcClient.Traces, GrpcClient.Frame([], isPacked: false), type: "application/grpc+proto")).Code);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_for_good()
    {
        var small = new OtlpPortsHost();
        await small.StartAsync(("LLMscope:Otlp:LargestBody", "1000000"));
        await using var _ = small;
        using var client = new GrpcClient(small.GrpcPort);

        var whole = await client.CallAsync(GrpcClient.Traces, new byte[1_000_001]);
        var bomb = await client.SendAsync(GrpcClient.Traces, GrpcClient.Frame(OtlpSender.Bomb(megabytes: 100), isPacked: true), "gzip");

        Assert.All([whole, bomb], reply => Assert.Equal((8, null), (reply.Code, reply.Details)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_full_inbox_says_when_to_come_again()
    {
        var small = new OtlpPortsHost();
        await small.StartAsync(("LLMscope:Inbox:Capacity", "1000"), ("LLMscope:Otlp:LongestWait", "00:00:01"));
        await using var _ = small;
        using var client = new GrpcClient(small.GrpcPort);
        var spans = Enumerable.Range(0, 150).Select(_ => Calls.Span("m")).ToArray();

        // While the table is locked no commit gets on: the first are not acknowledged, and then there is no room for more.
        await using var blocker = await TableLock.TakeAsync(small.Host, "archiving");
        var codes = new List<GrpcReply>();
        while (codes.Count == 0 || codes[^1].Code == 14)
            codes.Add(await client.CallAsync(GrpcClient.Traces, WrittenProtobuf.Spans(Calls.Shop, spans)));

        Assert.Equal((14, 8), (codes[0].Code, codes[^1].Code));
        Assert.All(codes, reply => Assert.Contains("google.rpc.RetryInfo", Unpacked(reply.Details!), StringComparison.Ordinal));
    }

    private static string Unpacked(string details) => Encoding.Latin1.GetString(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));

    private Task<long> CallsAsync() => ports.Host.AskAsync<long>($"SELECT count(*) FROM calls c JOIN sources s ON s.id = c.source_id WHERE model = '{_model}'");
}
