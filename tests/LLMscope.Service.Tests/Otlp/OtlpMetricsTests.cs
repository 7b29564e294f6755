using System.Net;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.Otlp;

public sealed class OtlpMetricsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_histogram_came_to_is_on_disk_once_however_often_it_is_sent(bool isJson)
    {
        var metric = Durations(_model, OtlpTemporality.Delta);
        var body = isJson ? WrittenJson.Metrics(Calls.Shop, metric) : WrittenProtobuf.Metrics(Calls.Shop, metric);
        var type = isJson ? OtlpSender.Json : OtlpSender.Protobuf;

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OtlpSender.SendAsync(_host.Client, "/v1/metrics", body, type)));

        Assert.All(replies, reply => Assert.Null(reply.Partial));

        Assert.Equal(1, await _host.AskAsync<long>($"SELECT count(*) {Samples} AND characteristic = 'duration_mean' AND value = 0.5 AND count = 4"));
    }

    [Fact]
    public async Task A_data_point_that_says_too_little_is_rejected()
    {
        var body = WrittenJson.Metrics(Calls.Shop, Durations(_model, OtlpTemporality.Unspecified), Durations(_model, OtlpTemporality.Delta));

        var reply = await OtlpSender.SendAsync(_host.Client, "/v1/metrics", body, OtlpSender.Json);

        Assert.Equal((HttpStatusCode.OK, 1), (reply.Status, reply.Partial!.Value.Rejected));
        Assert.Contains("metric 'gen_ai.client.operation.duration': says neither", reply.Partial.Value.Message, StringComparison.Ordinal);
        Assert.True(await _host.AskAsync<long>($"SELECT count(*) {Samples}") > 0);
    }

    [Fact]
    public async Task Metrics_of_something_else_are_taken_and_left_alone()
    {
        var metric = Durations(_model, OtlpTemporality.Delta) with { Name = "http.server.request.duration" };

        Assert.Null((await OtlpSender.SendAsync(_host.Client, "/v1/metrics", WrittenProtobuf.Metrics(Calls.Shop, metric), OtlpSender.Protobuf)).Partial);
        Assert.Equal(0, await _host.AskAsync<long>($"SELECT count(*) {Samples}"));
    }

    private static OtlpMetric Durations(string model, OtlpTemporality temporality)
    {
        var now = Calls.Span(model);
        return new OtlpMetric("gen_ai.client.operation.duration", "s", OtlpMetricKind.Histogram, temporality, false,
        [
            new OtlpDataPoint
            {
                Attributes = now.Attributes, StartNanos = now.StartNanos, TimeNanos = now.EndNanos, Count = 4, Sum = 2, BucketCounts = [4, 0], Bounds = [1],
            },
        ]);
    }

    private string Samples => $"FROM samples p JOIN series s ON s.id = p.series_id JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'";
}
