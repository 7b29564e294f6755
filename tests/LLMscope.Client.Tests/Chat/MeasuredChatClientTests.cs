using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using LLMscope.Tests;
using Microsoft.Extensions.AI;

namespace LLMscope.Client.Tests.Chat;

public sealed class MeasuredChatClientTests : IAsyncLifetime
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "What is SPC?")];

    private readonly ManualClock _clock = new();
    private Receiver _server = null!;
    private LLMscopeClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await Receiver.StartAsync();
        _client = ClientOf(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_passes_unchanged_and_its_numbers_are_sent()
    {
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, "A method."))
        {
            ModelId = "gpt-4o-2024-08-06",
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 310, OutputTokenCount = 95, CachedInputTokenCount = 200 },
        };
        using var activity = new Activity("request").Start();
        var model = new FakeModel { Answer = () => { _clock.Advance(TimeSpan.FromMilliseconds(1840)); return Task.FromResult(answer); } };

        Assert.Same(answer, await model.UseLLMscope(_client).GetResponseAsync(Question, new ChatOptions { ModelId = "gpt-4o" }, Cancellation));

        var call = await _server.NextItemAsync();
        Assert.Equal(1840, call["durationMs"]!.GetValue<double>());
        Assert.Equal(
            ("openai", "gpt-4o", "gpt-4o-2024-08-06", "chat", "stop"),
            (Text(call, "provider"), Text(call, "model"), Text(call, "servedModel"), Text(call, "operation"), Text(call, "finishReason")));
        Assert.Equal((310, 95, 200), (call["inputTokens"]!.GetValue<int>(), call["outputTokens"]!.GetValue<int>(), call["cachedTokens"]!.GetValue<int>()));
        Assert.Equal((false, activity.TraceId.ToHexString()), (call["streaming"]!.GetValue<bool>(), Text(call, "traceId")));
        Assert.False(call.ContainsKey("status") || call.ContainsKey("ttftMs") || call.ContainsKey("promptHmac"));
    }

    [Fact]
    public async Task The_first_token_of_a_stream_is_the_first_update_with_content()
    {
        var model = new FakeModel { Updates = Stream };

        var updates = await model.UseLLMscope(_client).GetStreamingResponseAsync(Question, cancellationToken: Cancellation).ToListAsync(Cancellation);

        var call = await _server.NextItemAsync();
        Assert.Equal(4, updates.Count);
        Assert.Equal((200, 400), (call["ttftMs"]!.GetValue<double>(), call["durationMs"]!.GetValue<double>()));
        Assert.Equal((7, 3), (call["inputTokens"]!.GetValue<int>(), call["outputTokens"]!.GetValue<int>()));
        Assert.Equal(("default-model", "served", "length", true), (Text(call, "model"), Text(call, "servedModel"), Text(call, "finishReason"), call["streaming"]!.GetValue<bool>()));

        async IAsyncEnumerable<ChatResponseUpdate> Stream([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            yield return new ChatResponseUpdate(ChatRole.Assistant, "") { ModelId = "served" };
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            yield return new ChatResponseUpdate(null, "A");
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            yield return new ChatResponseUpdate(null, " method") { FinishReason = ChatFinishReason.Length };
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            yield return new ChatResponseUpdate { Contents = [new UsageContent(new UsageDetails { InputTokenCount = 7, OutputTokenCount = 3 })] };
        }
    }

    [Fact]
    public async Task A_failure_passes_as_it_is_and_is_sent_with_its_category()
    {
        (Exception Fault, string Category, int? Status)[] cases =
        [
            (new HttpRequestException(null, null, HttpStatusCode.TooManyRequests), "rateLimit", 429),
            (new HttpRequestException(null, null, HttpStatusCode.ServiceUnavailable), "server", 503),
            (new HttpRequestException("connection refused"), "network", null),
            (new FaultOfProvider { Status = 404 }, "client", 404),
            (new FaultOfProvider { Status = 504 }, "timeout", 504),
            (new IOException("reset"), "network", null),
            (new TimeoutException(), "timeout", null),
            (new TaskCanceledException("the timeout of a library"), "timeout", null),
            (new NotSupportedException("wrong"), "client", null),
            (new FormatException("?"), "server", null),
        ];
        foreach (var (fault, category, status) in cases)
        {
            var chat = new FakeModel { Answer = () => Task.FromException<ChatResponse>(fault) }.UseLLMscope(_client);

            Assert.Same(fault, await Record.ExceptionAsync(() => chat.GetResponseAsync(Question, cancellationToken: Cancellation)));

            var call = await _server.NextItemAsync();
            Assert.Equal(("error", category, status), (Text(call, "status"), Text(call, "errorCategory"), call["httpStatus"]?.GetValue<int>()));
        }
    }

    [Fact]
    public async Task A_call_that_the_application_gives_up_is_cancelled_and_no_fault()
    {
        using var enough = new CancellationTokenSource();
        var chat = new FakeModel { Answer = async () => { await enough.CancelAsync(); throw new OperationCanceledException(enough.Token); } }.UseLLMscope(_client);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat.GetResponseAsync(Question, cancellationToken: enough.Token));

        Assert.Equal("cancelled", Text(await _server.NextItemAsync(), "errorCategory"));
    }

    [Fact]
    public async Task A_stream_that_breaks_is_a_fault_and_one_that_is_left_is_cancelled_unless_it_was_over()
    {
        var broken = new FakeModel { Updates = _ => Parts(new ChatResponseUpdate(null, "A"), fault: new IOException("reset")) }.UseLLMscope(_client);
        await Assert.ThrowsAsync<IOException>(() => broken.GetStreamingResponseAsync(Question, cancellationToken: Cancellation).ToListAsync(Cancellation).AsTask());
        Assert.Equal("network", Text(await _server.NextItemAsync(), "errorCategory"));

        foreach (var (last, category) in new[] { (new ChatResponseUpdate(null, "A"), "cancelled"), (new ChatResponseUpdate(null, "A") { FinishReason = ChatFinishReason.Stop }, null) })
        {
            var chat = new FakeModel { Updates = _ => Parts(last) }.UseLLMscope(_client);
            await foreach (var _ in chat.GetStreamingResponseAsync(Question, cancellationToken: Cancellation))
                break;
            Assert.Equal(category, Text(await _server.NextItemAsync(), "errorCategory"));
        }

        var thrown = new InvalidOperationException("before the first update");
        var never = new FakeModel { Updates = _ => throw thrown }.UseLLMscope(_client);
        Assert.Same(thrown, await Record.ExceptionAsync(() => never.GetStreamingResponseAsync(Question, cancellationToken: Cancellation).ToListAsync(Cancellation).AsTask()));
        Assert.Equal("client", Text(await _server.NextItemAsync(), "errorCategory"));
    }

    [Fact]
    public async Task An_answer_that_a_filter_refused_is_a_fault_of_the_model_and_an_error_inside_a_stream_is_one_of_the_server()
    {
        var filtered = new ChatResponse(new ChatMessage(ChatRole.Assistant, "")) { FinishReason = ChatFinishReason.ContentFilter };
        await new FakeModel { Answer = () => Task.FromResult(filtered) }.UseLLMscope(_client).GetResponseAsync(Question, cancellationToken: Cancellation);
        Assert.Equal("model", Text(await _server.NextItemAsync(), "errorCategory"));

        var error = new ChatResponseUpdate { Contents = [new ErrorContent("overloaded")] };
        await new FakeModel { Updates = _ => Parts(error) }.UseLLMscope(_client).GetStreamingResponseAsync(Question, cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal("server", Text(await _server.NextItemAsync(), "errorCategory"));
    }

    [Fact]
    public async Task Without_a_key_nothing_of_a_prompt_is_sent_and_with_one_only_its_identity()
    {
        const string Secret = "the prompt that nobody may read";
        await using var keyed = ClientOf("a key of sixteen bytes or more"u8.ToArray());
        await using var otherwise = ClientOf("another key of sixteen bytes"u8.ToArray());
        var model = new FakeModel { Answer = () => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "the answer that nobody may read")) { ModelId = "m" }) };
        ChatMessage[] question = [new(ChatRole.System, "secret instructions"), new(ChatRole.User, Secret)];
        var bodies = new List<Received>();
        foreach (var client in new[] { _client, keyed, keyed, otherwise })
        {
            await model.UseLLMscope(client).GetResponseAsync(OnlyOnce(question), cancellationToken: Cancellation);
            bodies.Add(await _server.NextAsync());
        }

        var identities = bodies.Select(body => Text(body.Items[0], "promptHmac")).ToArray();
        Assert.Null(identities[0]);
        Assert.Matches("^[0-9a-f]{64}$", identities[1]);
        Assert.Equal(identities[1], identities[2]);
        Assert.NotEqual(identities[1], identities[3]);
        Assert.All(bodies, body => Assert.DoesNotContain("nobody may read", body.Text, StringComparison.OrdinalIgnoreCase));
        Assert.All(bodies, body => Assert.DoesNotContain("secret", body.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_model_that_answers_nonsense_about_itself_reaches_the_application_all_the_same()
    {
        var nothing = new FakeModel { Answer = () => Task.FromResult<ChatResponse>(null!), HasMetadata = false };

        Assert.Null(await nothing.UseLLMscope(_client).GetResponseAsync(Question, cancellationToken: Cancellation));
        Assert.Equal([null!, null!], await new FakeModel { Updates = _ => Parts((ChatResponseUpdate)null!) }.UseLLMscope(_client)
            .GetStreamingResponseAsync(Question, cancellationToken: Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Embeddings_are_measured_too()
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>([new(new float[] { 1 })]) { Usage = new UsageDetails { InputTokenCount = 5 } };
        var generator = new FakeGenerator { Answer = () => Task.FromResult(embeddings) }.UseLLMscope(_client);
        var broken = new FakeGenerator { Answer = () => throw new HttpRequestException(null, null, HttpStatusCode.TooManyRequests) }.UseLLMscope(_client);

        Assert.Same(embeddings, await generator.GenerateAsync(["text"], cancellationToken: Cancellation));
        var call = await _server.NextItemAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => broken.GenerateAsync(["text"], cancellationToken: Cancellation));

        Assert.Equal(("embeddings", "embedder", 5), (Text(call, "operation"), Text(call, "model"), call["inputTokens"]!.GetValue<int>()));
        Assert.Equal("rateLimit", Text(await _server.NextItemAsync(), "errorCategory"));
    }

    private LLMscopeClient ClientOf(ReadOnlyMemory<byte> key) => new(new LLMscopeOptions { Address = _server.Address, Clock = _clock, BatchTime = TimeSpan.Zero, PromptKey = key });

    private static string? Text(JsonObject call, string field) => call[field]?.GetValue<string>();

    private static IEnumerable<ChatMessage> OnlyOnce(ChatMessage[] messages)
    {
        var queue = new Queue<ChatMessage>(messages);
        while (queue.TryDequeue(out var message))
            yield return message;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Parts(ChatResponseUpdate update, Exception? fault = null)
    {
        await Task.Yield();
        yield return update;
        if (fault is not null)
            throw fault;
        yield return update;
    }

    private sealed class FaultOfProvider : Exception
    {
        public int Status { get; init; }
    }

    private sealed class FakeModel : IChatClient
    {
        public Func<Task<ChatResponse>> Answer { get; init; } = () => throw new NotSupportedException();

        public Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> Updates { get; init; } = _ => throw new NotSupportedException();

        public bool HasMetadata { get; init; } = true;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Assert.NotEmpty(messages);
            return Answer();
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => Updates(cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            HasMetadata ? new ChatClientMetadata("openai", null, "default-model") : throw new InvalidOperationException("no services");

        public void Dispose()
        {
        }
    }

    private sealed class FakeGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Func<Task<GeneratedEmbeddings<Embedding<float>>>> Answer { get; init; } = () => throw new NotSupportedException();

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) => Answer();

        public object? GetService(Type serviceType, object? serviceKey = null) => new EmbeddingGeneratorMetadata("openai", null, "embedder");

        public void Dispose()
        {
        }
    }
}
