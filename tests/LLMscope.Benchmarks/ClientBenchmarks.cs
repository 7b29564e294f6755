using System.Net.Http.Headers;
using System.Text;
using BenchmarkDotNet.Attributes;
using LLMscope.Client;
using Microsoft.Extensions.AI;

namespace LLMscope.Benchmarks;

/// <summary>
/// What measuring adds to a call: a chat client that answers at once, and HTTP over a handler in memory, each with and without. Nobody listens where
/// the measurements go, so the buffer is full and each call drops the oldest, which is the worst that can happen.
/// </summary>
[MemoryDiagnoser]
[MinColumn, MedianColumn]
public class ClientBenchmarks : IDisposable
{
    private const int Chunks = 64;

    private static readonly ChatMessage[] Messages = [new(ChatRole.User, new string('q', 2_000))];
    private static readonly byte[] Question = Encoding.UTF8.GetBytes($$"""{"model":"m","stream":true,"messages":[{"role":"user","content":"{{new string('q', 2_000)}}"}]}""");
    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        $$$"""{"model":"m","choices":[{"message":{"role":"assistant","content":"{{{new string('a', 2_000)}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":500,"completion_tokens":500}}""");

    private static readonly byte[] Events = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Repeat("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token\"},\"finish_reason\":null}]}\n\n", Chunks))
        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");

    private readonly byte[] _buffer = new byte[16_384];
    private LLMscopeClient _llmscope = null!;
    private LLMscopeClient _keyed = null!;
    private InstantChat _plainChat = null!;
    private IChatClient _measuredChat = null!;
    private IChatClient _keyedChat = null!;
    private HttpMessageInvoker _plainHttp = null!;
    private HttpMessageInvoker _measuredHttp = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var nowhere = new Uri("http://127.0.0.1:9");
        _llmscope = new LLMscopeClient(new LLMscopeOptions { Address = nowhere, FlushTime = TimeSpan.Zero });
        _keyed = new LLMscopeClient(new LLMscopeOptions { Address = nowhere, FlushTime = TimeSpan.Zero, PromptKey = new byte[32] });
        _plainChat = new InstantChat();
        _measuredChat = new InstantChat().UseLLMscope(_llmscope);
        _keyedChat = new InstantChat().UseLLMscope(_keyed);
        _plainHttp = new HttpMessageInvoker(new InstantHttp());
        _measuredHttp = new HttpMessageInvoker(new LLMscopeHandler(_llmscope, new InstantHttp()));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (var disposable in new IDisposable[] { _plainChat, _measuredChat, _keyedChat, _plainHttp, _measuredHttp })
            disposable.Dispose();
        Task.WaitAll(_llmscope.DisposeAsync().AsTask(), _keyed.DisposeAsync().AsTask());
    }

    [Benchmark]
    public Task<ChatResponse> Chat() => _plainChat.GetResponseAsync(Messages);

    [Benchmark]
    public Task<ChatResponse> Chat_measured() => _measuredChat.GetResponseAsync(Messages);

    [Benchmark]
    public Task<ChatResponse> Chat_measured_with_identity() => _keyedChat.GetResponseAsync(Messages);

    [Benchmark]
    public Task<int> Chat_streamed() => CountAsync(_plainChat);

    [Benchmark]
    public Task<int> Chat_streamed_measured() => CountAsync(_measuredChat);

    [Benchmark]
    public Task<int> Http() => ReadAsync(_plainHttp, "http://localhost/v1/chat/completions");

    [Benchmark]
    public Task<int> Http_measured() => ReadAsync(_measuredHttp, "http://localhost/v1/chat/completions");

    [Benchmark]
    public Task<int> Http_events() => ReadAsync(_plainHttp, "http://localhost/events/v1/chat/completions");

    [Benchmark]
    public Task<int> Http_events_measured() => ReadAsync(_measuredHttp, "http://localhost/events/v1/chat/completions");

    private static async Task<int> CountAsync(IChatClient chat)
    {
        var count = 0;
        await foreach (var _ in chat.GetStreamingResponseAsync(Messages))
            count++;
        return count;
    }

    private async Task<int> ReadAsync(HttpMessageInvoker http, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Question) };
        using var response = await http.SendAsync(request, CancellationToken.None);
        await using var stream = await response.Content.ReadAsStreamAsync();
        int read, total = 0;
        while ((read = await stream.ReadAsync(_buffer)) > 0)
            total += read;
        return total;
    }

    private sealed class InstantChat : IChatClient
    {
        private static readonly ChatResponse Response = new(new ChatMessage(ChatRole.Assistant, "a"))
        {
            ModelId = "m",
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 500, OutputTokenCount = 500 },
        };

        private static readonly ChatResponseUpdate Update = new(null, "token");

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(Response);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            for (var i = 0; i < Chunks; i++)
                yield return Update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    /// <summary>Takes the question and answers from memory.</summary>
    private sealed class InstantHttp : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            var isEvents = request.RequestUri!.AbsolutePath.StartsWith("/events", StringComparison.Ordinal);
            var content = new ByteArrayContent(isEvents ? Events : Answer);
            content.Headers.ContentType = new MediaTypeHeaderValue(isEvents ? "text/event-stream" : "application/json");
            return new HttpResponseMessage { Content = content };
        }
    }
}
