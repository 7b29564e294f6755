using System.Net;
using System.Text;
using LLMscope.Service.Otlp;
using LLMscope.Service.Tests.Samples;

namespace LLMscope.Service.Tests.Otlp;

public sealed class OtlpHttpTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData("application/x-protobuf", "/v1/traces", false)]
    [InlineData("application/json", "/v1/traces", false)]
    [InlineData("application/json; charset=utf-8", "/v1/traces/", true)]
    [InlineData("Application/X-Protobuf", "/v1/traces/", true)]
    public async Task A_call_is_on_disk_once_it_is_acknowledged_in_either_encoding(string type, string path, bool isPacked)
    {
        var isJson = type.Contains("json", StringComparison.OrdinalIgnoreCase);
        OtlpSpan[] spans = [Calls.Span(_model), Calls.Other(), Calls.Span(_model)];
        var body = isJson ? WrittenJson.Spans(Calls.Shop, spans) : WrittenProtobuf.Spans(Calls.Shop, spans);

        var reply = await OtlpSender.SendAsync(_host.Client, path, isPacked ? OtlpSender.Gzip(body) : body, type, isPacked ? "gzip" : null, chunked: isPacked);

        Assert.Equal((HttpStatusCode.OK, isJson ? OtlpSender.Json : OtlpSender.Protobuf), (reply.Status, reply.Type));
        Assert.Equal(isJson ? "{}" : "", Encoding.UTF8.GetString(reply.Body));
        Assert.Equal("openai/shop/1.0/7/50 openai/shop/1.0/7/50", await _host.AskAsync<string>(
            $"""
            SELECT string_agg(concat_ws('/', provider, application, round(duration::numeric, 1), input_tokens, output_tokens), ' ')
            FROM calls c JOIN sources s ON s.id = c.source_id WHERE model = '{_model}'
            """));
    }

    [Theory]
    [InlineData("application/x-protobuf", "")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", """{"resourceSpans":[],"resourceMetrics2":[]}""")]
    [InlineData("application/json", """{"resourceSpans":[{"resource":null,"scopeSpans":[{"spans":[]}]}]}""")]
    public async Task An_empty_request_is_a_success(string type, string body)
    {
        foreach (var path in new[] { "/v1/traces", "/v1/metrics", "/v1/logs" })
        {
            var reply = await OtlpSender.SendAsync(_host.Client, path, Encoding.UTF8.GetBytes(path == "/v1/traces" || body.Length < 3 ? body : "{}"), type);
            Assert.Equal((HttpStatusCode.OK, type, null), (reply.Status, reply.Type, reply.Partial));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_cannot_be_taken_is_counted_while_the_others_are_taken(bool isJson)
    {
        OtlpSpan[] spans = [Calls.Span(_model), Calls.Wrong(_model), Calls.Span(_model) with { EndNanos = ulong.MaxValue }, Calls.Other()];

        var reply = await OtlpSender.SendAsync(
            _host.Client, "/v1/traces", isJson ? WrittenJson.Spans(Calls.Shop, spans) : WrittenProtobuf.Spans(Calls.Shop, spans), isJson ? OtlpSender.Json : OtlpSender.Protobuf);

        Assert.Equal(2, reply.Partial!.Value.Rejected);
        Assert.StartsWith($"2 spans not taken: span {spans[1].SpanId}: the span 'chat {_model}' ends before it starts; ", reply.Partial.Value.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CallsAsync());
    }

    [Fact]
    public async Task A_call_of_tomorrow_is_rejected()
    {
        const ulong Day = 86_400_000_000_000;
        var span = Calls.Span(_model) is var now ? now with { StartNanos = now.StartNanos + Day, EndNanos = now.EndNanos + Day } : null;

        var reply = await OtlpSender.SendAsync(_host.Client, "/v1/traces", WrittenProtobuf.Spans(Calls.Shop, span!), OtlpSender.Protobuf);

        Assert.Equal(1, reply.Partial!.Value.Rejected);
        Assert.Contains("its time is more than 5 minutes in the future", reply.Partial.Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_again_is_stored_once_whatever_its_encoding()
    {
        var span = Calls.Span(_model);
        var bodies = new[] { (WrittenProtobuf.Spans(Calls.Shop, span, span), OtlpSender.Protobuf), (WrittenJson.Spans(Calls.Shop, span), OtlpSender.Json) };

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => OtlpSender.SendAsync(_host.Client, "/v1/traces", bodies[i % 2].Item1, bodies[i % 2].Item2)));

        Assert.All(replies, reply => Assert.Null(reply.Partial));
        Assert.Equal(1, await CallsAsync());
    }

    [Theory]
    [InlineData("application/json", "{\"resourceSpans\":", "not valid JSON")]
    [InlineData("application/json", "[]", "it must be an object")]
    [InlineData("application/json", "{} {}", "not valid JSON")]
    [InlineData("application/json", "{\"resourceSpans\":{}}", "resourceSpans must be a list")]
    [InlineData("application/json", "{\"resourceLogs\":[]}", "resourceLogs belongs to the address /v1/logs")]
    [InlineData("application/json", "{\"resourceMetrics\":[{}]}", "resourceMetrics belongs to the address /v1/metrics")]
    [InlineData("application/json", "{\"resourceSpans\":[{\"resource\":{\"attributes\":{\"service.name\":\"x\"}}}]}", "resourceSpans[0].resource.attributes must be a list")]
    [InlineData("application/x-protobuf", "{\"resourceSpans\":[]}", "no request of OTLP in protobuf")]
    [InlineData("application/x-protobuf", "\u000a\u0005abc", "ends within a value")]
    public async Task What_is_malformed_is_refused_with_a_status_in_its_encoding(string type, string body, string expected)
    {
        var reply = await OtlpSender.SendAsync(_host.Client, "/v1/traces", Encoding.UTF8.GetBytes(body), type);

        Assert.Equal((HttpStatusCode.BadRequest, type, 3), (reply.Status, reply.Type, reply.Rpc.Code));
        Assert.Contains(expected, reply.Rpc.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_counted_and_told_that_they_are_not_kept()
    {
        var json = await OtlpSender.SendAsync(_host.Client, "/v1/logs", WrittenJson.Logs(3), OtlpSender.Json);
        var protobuf = await OtlpSender.SendAsync(_host.Client, "/v1/logs", WrittenProtobuf.Logs(3), OtlpSender.Protobuf);
        var elsewhere = await OtlpSender.SendAsync(_host.Client, "/v1/traces", WrittenProtobuf.Logs(3), OtlpSender.Protobuf);

        Assert.Equal((3, "LLMscope takes traces and metrics; logs are not kept."), json.Partial);
        Assert.Equal(json.Partial, protobuf.Partial);
        Assert.Contains("rejectedLogRecords", Encoding.UTF8.GetString(json.Body), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, 3), (elsewhere.Status, elsewhere.Rpc.Code));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/grpc")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("")]
    public async Task Another_content_type_is_refused(string type)
    {
        var reply = await OtlpSender.SendAsync(_host.Client, "/v1/traces", [1, 2, 3], type);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, OtlpSender.Json, 3), (reply.Status, reply.Type, reply.Rpc.Code));
    }

    [Fact]
    public async Task Another_packing_is_refused_and_a_broken_one_too()
    {
        var unknown = await OtlpSender.SendAsync(_host.Client, "/v1/traces", [1, 2, 3], OtlpSender.Protobuf, "zstd");
        var noGzip = await OtlpSender.SendAsync(_host.Client, "/v1/traces", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], OtlpSender.Protobuf, "gzip");
        var cut = await OtlpSender.SendAsync(_host.Client, "/v1/traces", OtlpSender.Gzip(WrittenProtobuf.Spans(Calls.Shop, Calls.Span(_model)))[..60], OtlpSender.Protobuf, "gzip");

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, OtlpSender.Protobuf), (unknown.Status, unknown.Type));
        Assert.Equal((HttpStatusCode.BadRequest, "The body is not valid gzip."), (noGzip.Status, noGzip.Rpc.Message));
        Assert.Equal((HttpStatusCode.BadRequest, 0), (cut.Status, await CallsAsync()));
    }

    [Fact]
    public async Task Another_method_is_refused()
    {
        using var answer = await _host.Client.GetAsync(new Uri("/v1/traces", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (answer.StatusCode, answer.Content.Headers.Allow.Single()));
        Assert.Contains("\"code\":12", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_ends_anywhere_is_answered()
    {
        var body = WrittenProtobuf.Spans(Calls.Shop, Calls.Span(_model));

        for (var end = 1; end < body.Length; end += 7)
            Assert.Equal(HttpStatusCode.BadRequest, (await OtlpSender.SendAsync(_host.Client, "/v1/traces", body[..end], OtlpSender.Protobuf)).Status);

        Assert.Equal(0, await CallsAsync());
    }

    [Fact]
    public async Task Megabytes_of_text_are_no_danger()
    {
        var span = Calls.Span(_model);
        var text = new string('x', 3 * 1024 * 1024);
        KeyValuePair<string, OtlpValue>[] large = [KeyValuePair.Create("gen_ai.output.messages", OtlpValue.Of(text)), KeyValuePair.Create("large", OtlpValue.Of(text))];
        span = span with { Name = text, Attributes = new([.. span.Attributes.Pairs, .. large]) };

        Assert.Null((await OtlpSender.SendAsync(_host.Client, "/v1/traces", WrittenProtobuf.Spans(Calls.Shop, span), OtlpSender.Protobuf)).Partial);
        Assert.Null((await OtlpSender.SendAsync(_host.Client, "/v1/traces", WrittenJson.Spans(Calls.Shop, span), OtlpSender.Json)).Partial);
        Assert.Equal(1, await CallsAsync());
    }

    [Fact]
    public async Task What_came_in_is_counted()
    {
        await OtlpSender.SendAsync(_host.Client, "/v1/traces", WrittenProtobuf.Spans(Calls.Shop, Calls.Span(_model), Calls.Wrong(_model)), OtlpSender.Protobuf);
        await OtlpSender.SendAsync(_host.Client, "/v1/logs", WrittenJson.Logs(2), OtlpSender.Json);
        await OtlpSender.SendAsync(_host.Client, "/v1/traces", [1], OtlpSender.Protobuf);

        var page = (await _host.GetAsync("/metrics")).Body.Split('\n');

        Assert.All(
            [
                "llmscope_otlp_requests_total{signal=\"traces\",encoding=\"protobuf\",answer=\"taken\"}",
                "llmscope_otlp_requests_total{signal=\"traces\",encoding=\"protobuf\",answer=\"malformed\"}",
                "llmscope_otlp_items_total{signal=\"traces\"}",
                "llmscope_otlp_taken_total{signal=\"traces\"}",
                "llmscope_otlp_rejected_total{signal=\"traces\",reason=\"wrong\"}",
                "llmscope_otlp_rejected_total{signal=\"logs\",reason=\"not_taken\"}",
            ],
            (string series) => Assert.Contains(page, line => SameSeries(line, series) && !line.EndsWith(" 0", StringComparison.Ordinal)));
    }

    // Labels have no order.
    private static bool SameSeries(string line, string series) =>
        line.StartsWith(series.Split('{')[0] + "{", StringComparison.Ordinal)
        && series.Split('{', '}')[1].Split(',').All(label => line.Contains(label, StringComparison.Ordinal));

    private async Task<int> CallsAsync() => (int)await _host.AskAsync<long>($"SELECT count(*) FROM calls c JOIN sources s ON s.id = c.source_id WHERE model = '{_model}'");
}
