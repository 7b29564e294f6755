using System.Net.Http.Headers;

namespace LLMscope.Benchmarks.Load;

/// <summary>Posts bodies of samples whose times go on from one to the next.</summary>
internal sealed class HttpSender(Uri address, ILoadBody body, string path, string mediaType) : Sender
{
    private readonly HttpClient _client = new() { BaseAddress = address };
    private DateTimeOffset _time = TimeProvider.System.GetUtcNow();

    public override async Task<int> SendAsync(CancellationToken cancellation)
    {
        body.Renew(_time);
        using var content = new ByteArrayContent(body.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        using var answer = await _client.PostAsync(path, content, cancellation);
        if (answer.IsSuccessStatusCode)
        {
            _time += body.Span;
            return body.Samples;
        }

        if ((int)answer.StatusCode is not (429 or 503))
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellation));

        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        return 0;
    }

    public override void Dispose() => _client.Dispose();
}
