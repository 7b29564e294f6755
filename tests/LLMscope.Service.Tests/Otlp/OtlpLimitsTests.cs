using System.Net;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Tests.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Otlp;

public class OtlpLimitsTests
{
    [Fact]
    public async Task A_body_that_is_too_large_is_refused_as_it_comes_and_unpacked()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Otlp:LargestBody", "1000000"));
        var large = new byte[1_000_001];

        foreach (var type in new[] { OtlpSender.Protobuf, OtlpSender.Json })
        {
            var whole = await OtlpSender.SendAsync(host.Client, "/v1/traces", large, type);
            var pieces = await OtlpSender.SendAsync(host.Client, "/v1/traces", large, type, chunked: true);
            var bomb = await OtlpSender.SendAsync(host.Client, "/v1/metrics", OtlpSender.Bomb(megabytes: 200), type, "gzip");

            Assert.All([whole, pieces, bomb], reply => Assert.Equal((HttpStatusCode.RequestEntityTooLarge, type, 8), (reply.Status, reply.Type, reply.Rpc.Code)));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await OtlpSender.SendAsync(host.Client, "/v1/traces", large[..1_000_000], OtlpSender.Protobuf)).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_full_inbox_says_when_to_come_again()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Inbox:Capacity", "1000"));
        Task<OtlpReply> SendAsync() => OtlpSender.SendAsync(
            host.Client, "/v1/traces", WrittenJson.Spans(Calls.Shop, [.. Enumerable.Range(0, 150).Select(_ => Calls.Span("m"))]), OtlpSender.Json);

        // While the table is locked no commit gets on, so what is sent stays in the inbox.
        await using var blocker = await TableLock.TakeAsync(host, "archiving");
        var first = new[] { SendAsync(), SendAsync() };
        while (host.Get<SampleInbox>().Waiting < 900)
            await Task.Yield();

        var refused = await SendAsync();
        await blocker.DisposeAsync();

        Assert.Equal((HttpStatusCode.TooManyRequests, OtlpSender.Json, 8, "1"), (refused.Status, refused.Type, refused.Rpc.Code, refused.RetryAfter?.ToString()));
        Assert.All(await Task.WhenAll(first), reply => Assert.Null(reply.Partial));
        Assert.Equal(300, await host.CountAsync("calls"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_database_that_does_not_answer_is_no_acknowledgement_and_what_is_sent_again_is_stored_once()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Otlp:LongestWait", "00:00:00.2"));
        var body = WrittenProtobuf.Spans(Calls.Shop, Calls.Span("m"));
        await using (await TableLock.TakeAsync(host, "archiving"))
        {
            var reply = await OtlpSender.SendAsync(host.Client, "/v1/traces", body, OtlpSender.Protobuf);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, 14, "1"), (reply.Status, reply.Rpc.Code, reply.RetryAfter?.ToString()));
        }

        while ((await OtlpSender.SendAsync(host.Client, "/v1/traces", body, OtlpSender.Protobuf)).Status != HttpStatusCode.OK)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Assert.Equal(1, await host.CountAsync("calls"));
    }

    [Fact]
    public async Task A_call_without_room_for_its_series_is_rejected_and_the_others_are_taken()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Catalog:LargestNumberOfSeries", "5"));

        var reply = await OtlpSender.SendAsync(host.Client, "/v1/traces", WrittenJson.Spans(Calls.Shop, Calls.Span("a"), Calls.Span("b"), Calls.Span("a")), OtlpSender.Json);

        Assert.Equal(1, reply.Partial!.Value.Rejected);
        Assert.Contains("the limit of 5 series is reached", reply.Partial.Value.Message, StringComparison.Ordinal);
        Assert.Equal(2, await host.CountAsync("calls"));
    }

    [Fact]
    public async Task More_calls_than_the_inbox_can_hold_are_rejected_and_the_first_are_taken()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Inbox:Capacity", "1000"));

        var reply = await OtlpSender.SendAsync(
            host.Client, "/v1/traces", WrittenProtobuf.Spans(Calls.Shop, [.. Enumerable.Range(0, 200).Select(_ => Calls.Span("a"))]), OtlpSender.Protobuf);

        Assert.Equal((200 - (1_000 / 6), (long)(1_000 / 6)), (reply.Partial!.Value.Rejected, await host.CountAsync("calls")));
    }

    [Theory]
    [InlineData("LLMscope:Otlp:LargestBody", "1000")]
    [InlineData("LLMscope:Otlp:HttpPort", "65536")]
    [InlineData("LLMscope:Otlp:GrpcPort", "4318")]
    [InlineData("LLMscope:Otlp:Address", "everywhere")]
    [InlineData("LLMscope:Otlp:LongestWait", "00:02:00")]
    public async Task A_setting_that_cannot_be_stops_the_start(string key, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var host = await ServiceHost.StartAsync((key, value));
        });
}
