using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LLMscope.Tests;
using Microsoft.AspNetCore.Http;

namespace LLMscope.Client.Tests.Http;

public sealed class LLMscopeHandlerTests : IAsyncLifetime
{
    private const string Question = """{"model":"asked-\u0066or","stream":true,"messages":[{"role":"user","content":"the prompt that nobody may read"}]}""";

    private readonly ManualClock _clock = new();
    private Receiver _llmscope = null!;
    private LLMscopeClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Answers.All.Select(answer => answer.Name)];

    public async ValueTask InitializeAsync()
    {
        _llmscope = await Receiver.StartAsync();
        _client = new LLMscopeClient(new LLMscopeOptions { Address = _llmscope.Address, Clock = _clock, BatchTime = TimeSpan.Zero });
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _llmscope.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_answer_comes_byte_for_byte_and_is_understood(string name)
    {
        var answer = Answers.All.Single(known => known.Name == name);
        await using var provider = await Receiver.StartAsync(async (_, context) =>
        {
            context.Response.ContentType = answer.Type;
            foreach (var piece in answer.Bytes.Chunk(11))
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }
        });
        using var http = NewHttp();
        foreach (var completion in new[] { HttpCompletionOption.ResponseContentRead, HttpCompletionOption.ResponseHeadersRead })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(provider.Address, answer.Path)) { Content = JsonContent(answer.Streaming ? Question : Question.Replace("true", "false")) };
            var content = request.Content;
            using var response = await http.SendAsync(request, completion, Cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(Cancellation);

            Assert.Equal(answer.Bytes, body);
            Assert.Equal(answer.Type, response.Content.Headers.ContentType!.MediaType);
            Assert.Same(content, request.Content);
            Assert.Equal(answer.Expected, Described(await _llmscope.NextItemAsync(), answer.Streaming));
        }

        Assert.Equal(Question.Length, (await provider.NextAsync()).Body.Length - (answer.Streaming ? 0 : 1));
    }

    [Fact]
    public async Task An_answer_is_understood_wherever_the_network_cuts_it()
    {
        using var http = new HttpClient(new LLMscopeHandler(_client, new PieceHandler()));
        foreach (var answer in Answers.All)
        {
            for (var cut = 1; cut < answer.Bytes.Length; cut++)
            {
                PieceHandler.Next = (answer, cut);
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("http://localhost" + answer.Path)) { Content = JsonContent(Question) };
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
                await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
                using var body = new MemoryStream();
                await stream.CopyToAsync(body, Cancellation);

                Assert.Equal(answer.Bytes, body.ToArray());
            }
        }

        await _client.DisposeAsync();
        Assert.Equal(0, _client.Dropped);
        var expected = Answers.All.SelectMany(answer => Enumerable.Repeat(answer.Expected, answer.Bytes.Length - 1)).ToArray();
        var items = new List<string>();
        while (items.Count < expected.Length)
            items.AddRange((await _llmscope.NextItemsAsync()).Select(item => Described(item, null)));
        Assert.Equal(expected, items);
    }

    [Fact]
    public async Task The_first_token_is_the_first_that_says_something()
    {
        var pieces = Answers.All[1].Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        using var http = new HttpClient(new LLMscopeHandler(_client, new StepHandler(pieces, () => _clock.Advance(TimeSpan.FromMilliseconds(100)))));

        await http.PostAsync("http://localhost/v1/chat/completions", JsonContent(Question), Cancellation);

        var call = await _llmscope.NextItemAsync();
        Assert.Equal((300, 700), (call["ttftMs"]!.GetValue<double>(), call["durationMs"]!.GetValue<double>()));
        Assert.Equal(
            ("asked-for", "m", "localhost", "chat", true),
            (Text(call, "model"), Text(call, "servedModel"), Text(call, "provider"), Text(call, "operation"), call["streaming"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData(429, "rateLimit")]
    [InlineData(401, "client")]
    [InlineData(503, "server")]
    [InlineData(529, "server")]
    [InlineData(504, "timeout")]
    public async Task A_refusal_is_recorded_by_its_status_also_where_nobody_reads_it(int status, string category)
    {
        await using var provider = await Receiver.StartAsync((_, context) => Receiver.AnswerAsync(context, (HttpStatusCode)status, """{"error":{"message":"no"}}"""));
        using var http = NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(provider.Address, "/v1/chat/completions")) { Content = JsonContent(Question) };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        var call = await _llmscope.NextItemAsync();

        Assert.Equal((category, status), (Text(call, "errorCategory"), call["httpStatus"]!.GetValue<int>()));
        Assert.Equal("""{"error":{"message":"no"}}""", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_bad_request_that_a_content_filter_refused_is_a_fault_of_the_model()
    {
        await using var provider = await Receiver.StartAsync((_, context) =>
            Receiver.AnswerAsync(context, HttpStatusCode.BadRequest, """{"error":{"message":"filtered","type":null,"code":"content_filter"}}"""));
        using var http = NewHttp();

        await http.PostAsync(new Uri(provider.Address, "/v1/chat/completions"), JsonContent(Question), Cancellation);

        Assert.Equal("model", Text(await _llmscope.NextItemAsync(), "errorCategory"));
    }

    [Fact]
    public async Task A_connection_that_fails_or_breaks_is_a_fault_of_the_network_and_the_exception_is_the_applications()
    {
        await using var provider = await Receiver.StartAsync(async (_, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: {}\n\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using var http = NewHttp();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(new Uri(provider.Address, "/v1/chat/completions"), JsonContent(Question), Cancellation));
        Assert.Equal("network", Text(await _llmscope.NextItemAsync(), "errorCategory"));

        var gone = provider.Address;
        await provider.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(new Uri(gone, "/v1/chat/completions"), JsonContent(Question), Cancellation));
        Assert.Equal("network", Text(await _llmscope.NextItemAsync(), "errorCategory"));
    }

    [Fact]
    public async Task Giving_up_is_cancelled_and_leaving_after_the_end_is_not()
    {
        await using var provider = await Receiver.StartAsync(async (number, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(number == 1 ? "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n" : "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var http = NewHttp();
        foreach (var category in new[] { "cancelled", null })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(provider.Address, "/v1/chat/completions")) { Content = JsonContent(Question) };
            using (var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation))
            await using (var stream = await response.Content.ReadAsStreamAsync(Cancellation))
                Assert.NotEqual(0, await stream.ReadAsync(new byte[1000], Cancellation));

            Assert.Equal(category, Text(await _llmscope.NextItemAsync(), "errorCategory"));
        }
    }

    [Fact]
    public async Task A_cancellation_as_late_as_the_timeout_is_a_timeout()
    {
        foreach (var (waited, category) in new[] { (5, "cancelled"), (100, "timeout") })
        {
            // One client for each: nothing of it is on its way when the clock leaps.
            await using var client = new LLMscopeClient(new LLMscopeOptions { Address = _llmscope.Address, Clock = _clock, BatchTime = TimeSpan.Zero });
            using var enough = new CancellationTokenSource();
            using var http = new HttpClient(new LLMscopeHandler(client, new StepHandler([], () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(waited));
                enough.Cancel();
                throw new OperationCanceledException(enough.Token);
            })));

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.PostAsync("http://localhost/v1/chat/completions", JsonContent(Question), enough.Token));

            Assert.Equal(category, Text(await _llmscope.NextItemAsync(), "errorCategory"));
        }
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions")]
    [InlineData("POST", "/v1/models")]
    [InlineData("POST", "/v1/threads/t/messages")]
    [InlineData("POST", "/v1/messages/count_tokens")]
    [InlineData("POST", "/api/v1/calls")]
    [InlineData("POST", "/v1beta/models/gemini:countTokens")]
    public async Task Other_requests_pass_unseen(string method, string path)
    {
        await using var provider = await Receiver.StartAsync();
        using var http = NewHttp();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(provider.Address, path));

        using var response = await http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await _client.DisposeAsync();
        Assert.Equal(0, _client.Sent);
    }

    [Theory]
    [InlineData("http://localhost:11434/v1/chat/completions", "ollama chat ")]
    [InlineData("http://gpu-box:8000/v1/completions", "gpu-box:8000 text_completion ")]
    [InlineData("https://api.openai.com/v1/embeddings", "openai embeddings ")]
    [InlineData("https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1", "azure.ai.openai chat ")]
    [InlineData("https://api.anthropic.com/v1/messages", "anthropic chat ")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent?key=secret", "gcp.gemini generate_content gemini-2.5-pro")]
    [InlineData("http://localhost:11434/api/embed", "ollama embeddings ")]
    public void The_address_tells_the_protocol(string address, string expected)
    {
        var protocol = LLMscope.Client.Http.Protocol.Of(new Uri(address))!;

        Assert.Equal(expected, $"{protocol.Provider} {protocol.Operation} {protocol.Model}");
    }

    [Fact]
    public async Task Nothing_of_a_prompt_or_an_answer_or_a_key_is_sent()
    {
        const string Answer = """{"model":"m","choices":[{"message":{"content":"the answer that nobody may read"},"finish_reason":"stop"}]}""";
        await using var provider = await Receiver.StartAsync((_, context) => Receiver.AnswerAsync(context, HttpStatusCode.OK, Answer));
        await using var keyed = new LLMscopeClient(new LLMscopeOptions { Address = _llmscope.Address, Clock = _clock, BatchTime = TimeSpan.Zero, PromptKey = "a key of sixteen bytes or more"u8.ToArray() });
        var identities = new List<string?>();
        foreach (var client in new[] { _client, keyed, keyed })
        {
            using var http = new HttpClient(new LLMscopeHandler(client, new SocketsHttpHandler()));
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-secret");
            await http.PostAsync(new Uri(provider.Address, "/v1/chat/completions?key=secret"), JsonContent(Question), Cancellation);
            var received = await _llmscope.NextAsync();
            identities.Add(Text(received.Items[0], "promptHmac"));
            Assert.DoesNotContain("nobody may read", received.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", received.Text, StringComparison.Ordinal);
        }

        Assert.Null(identities[0]);
        Assert.Matches("^[0-9a-f]{64}$", identities[1]);
        Assert.Equal(identities[1], identities[2]);
    }

    [Fact]
    public async Task Answers_that_are_no_JSON_or_are_compressed_or_empty_pass_all_the_same()
    {
        byte[][] bodies =
        [
            [], [0x1F, 0x8B, 0, 255, 254], "]]}}{{\"\\u"u8.ToArray(), Encoding.UTF8.GetBytes(new string('[', 100_000)),
            Encoding.UTF8.GetBytes("{\"" + new string('n', 100_000) + "\":\"" + new string('v', 100_000) + "\"}"),
        ];
        foreach (var body in bodies)
        {
            await using var provider = await Receiver.StartAsync(async (_, context) =>
            {
                if (body.Length == 5)
                    context.Response.Headers.ContentEncoding = "gzip";
                await context.Response.Body.WriteAsync(body);
            });
            using var http = NewHttp();
            Assert.Equal(body, await (await http.PostAsync(new Uri(provider.Address, "/v1/chat/completions"), JsonContent(Question), Cancellation)).Content.ReadAsByteArrayAsync(Cancellation));
            Assert.NotNull(await _llmscope.NextItemAsync());
        }
    }

    private HttpClient NewHttp() => new(new LLMscopeHandler(_client) { InnerHandler = new SocketsHttpHandler() });

    private static ByteArrayContent JsonContent(string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static string? Text(JsonObject call, string field) => call[field]?.GetValue<string>();

    private static string Described(JsonObject call, bool? streaming)
    {
        if (streaming is { } wanted)
            Assert.Equal(wanted, call["streaming"]!.GetValue<bool>());
        return $"{Text(call, "errorCategory") ?? "ok"} {Text(call, "servedModel")} "
            + $"{call["inputTokens"]} {call["outputTokens"]} {call["cachedTokens"]} {Text(call, "finishReason")}{(call["coldStart"] is null ? "" : " cold")}";
    }

    /// <summary>Answers without a network, in two pieces.</summary>
    private sealed class PieceHandler : HttpMessageHandler
    {
        public static (Answers Answer, int Cut) Next { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            var content = new StreamContent(new PieceStream([Next.Answer.Bytes[..Next.Cut], Next.Answer.Bytes[Next.Cut..]], () => { }));
            content.Headers.ContentType = new MediaTypeHeaderValue(Next.Answer.Type);
            return new HttpResponseMessage { Content = content };
        }
    }

    /// <summary>Answers without a network, one event after the other, with something to happen before each.</summary>
    private sealed class StepHandler(string[] pieces, Action step) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            if (pieces.Length == 0)
                step();
            var content = new StreamContent(new PieceStream([.. pieces.Select(piece => Encoding.UTF8.GetBytes(piece + "\n\n"))], step));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
            return new HttpResponseMessage { Content = content };
        }
    }

    private sealed class PieceStream(byte[][] pieces, Action step) : MemoryStream
    {
        private int _next;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_next == pieces.Length)
                return ValueTask.FromResult(0);

            step();
            pieces[_next].CopyTo(buffer);
            return ValueTask.FromResult(pieces[_next++].Length);
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => CopyAsync(destination, cancellationToken);

        private async Task CopyAsync(Stream destination, CancellationToken cancellation)
        {
            var buffer = new byte[100_000];
            int read;
            while ((read = await ReadAsync(buffer, cancellation)) > 0)
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }
}
