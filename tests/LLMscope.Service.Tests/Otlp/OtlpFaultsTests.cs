using System.Diagnostics.Metrics;
using System.Text;
using LLMscope.Monitoring.Storage;
using LLMscope.Service.GenAi;
using LLMscope.Service.Otlp;
using LLMscope.Service.Samples;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Otlp;

public class OtlpFaultsTests
{
    [Fact]
    public async Task Nothing_is_taken_before_the_start_nor_by_a_full_inbox()
    {
        await using var parts = new MonitoringParts(capacity: 1_000);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var mapper = new MetricMapper(TimeProvider.System);
        var receiver = new OtlpReceiver(
            parts.Inbox, parts.Catalog, parts.Health, mapper, new OtlpMeter(services.GetRequiredService<IMeterFactory>(), mapper),
            Options.Create(new OtlpOptions()), Options.Create(new IntakeOptions()), Options.Create(new RetentionOptions()), TimeProvider.System);

        Assert.Equal((OtlpRefusal.NotReady, true), (receiver.WhyClosed()!.Refusal, receiver.WhyClosed()!.MayRetry));
        parts.Start();
        Assert.Null(receiver.WhyClosed());
        parts.Fill(901);
        Assert.Equal((OtlpRefusal.Full, true), (receiver.WhyClosed()!.Refusal, receiver.WhyClosed()!.MayRetry));
    }

    [Theory]
    [InlineData("/v1/traces", "application/json", 500, """{"code":13,"message":"LLMscope failed to take this; its log says why."}""")]
    [InlineData("/v1/metrics/", "application/x-protobuf", 500, "\u0008\u000d\u0012\u002fLLMscope failed to take this; its log says why.")]
    [InlineData("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc", 200, "")]
    public async Task A_fault_of_LLMscope_is_told_in_the_words_of_OTLP(string path, string type, int status, string expected)
    {
        var context = ContextOf(path, type);

        Assert.True(await new OtlpFaults().TryHandleAsync(context, new InvalidOperationException(), TestContext.Current.CancellationToken));

        Assert.Equal((status, type), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Equal(expected, Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
        Assert.Equal(type == "application/grpc" ? "13" : "", context.Response.Headers["grpc-status"].ToString());
    }

    [Fact]
    public async Task A_fault_anywhere_else_is_left_to_others()
    {
        var context = ContextOf("/api/v1/samples", "application/json");

        Assert.False(await new OtlpFaults().TryHandleAsync(context, new InvalidOperationException(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Room_for_bodies_is_bounded_and_comes_back()
    {
        var memory = new OtlpMemory(Options.Create(new OtlpOptions { LargestBody = 1_000_000 }));

        Assert.True(memory.TryTake(4_000_000));
        Assert.False(memory.TryTake(1));
        memory.GiveBack(1);
        Assert.True(memory.TryTake(1));
    }

    private static DefaultHttpContext ContextOf(string path, string type)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        (context.Request.Method, context.Request.Path, context.Request.ContentType) = ("POST", path, type);
        return context;
    }
}
