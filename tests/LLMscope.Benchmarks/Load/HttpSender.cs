using System.Net.Http.Headers;

namespace LLMscope.Benchmarks.Load;

/// <summary>Posts bodies of samples whose times go on from one to the next. One that was not acknowledged is sent again until it is.</summary>
internal sealed class HttpSender(Uri address, ILoadBody body, string path, string mediaType) : Sender
{
    public const int IsAcknowledged = 202;
    public const int NoAnswer = 0;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _client = new() { BaseAddress = address };
    private DateTimeOffset _time = TimeProvider.System.GetUtcNow();
    private bool _isPending;

    /// <summary>Samples, since the beginning.</summary>
    public long Acknowledged { get; private set; }

    public override async Task<int> SendAsync(CancellationToken cancellation)
    {
        var status = await TrySendAsync(cancellation);
        if (status == IsAcknowledged)
            return body.Samples;
        if (status == NoAnswer)
            throw new InvalidOperationException($"{address} does not answer.");

        await Task.Delay(Pause, TimeProvider.System, cancellation);
        return 0;
    }

    /// <returns>The status of the answer: <see cref="IsAcknowledged"/> for any that says so, <see cref="NoAnswer"/>, or that it is to be tried again.</returns>
    public async Task<int> TrySendAsync(CancellationToken cancellation)
    {
        if (!_isPending)
            body.Renew(_time);
        _isPending = true;
        try
        {
            using var content = new ByteArrayContent(body.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
            using var answer = await _client.PostAsync(path, content, cancellation);
            if (answer.IsSuccessStatusCode)
            {
                (Acknowledged, _time, _isPending) = (Acknowledged + body.Samples, _time + body.Span, false);
                return IsAcknowledged;
            }

            return (int)answer.StatusCode is 429 or 503 ? (int)answer.StatusCode : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException)
        {
            return NoAnswer;
        }
    }

    /// <summary>Sends what is pending until it is acknowledged.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        while (_isPending && await TrySendAsync(cancellation) != IsAcknowledged)
            await Task.Delay(Pause, TimeProvider.System, cancellation);
    }

    public override void Dispose() => _client.Dispose();
}
