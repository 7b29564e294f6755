using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace LLMscope.Client.Sending;

/// <summary>Carries one body to LLMscope and reads from the answer what became of it.</summary>
internal sealed class Delivery : IDisposable
{
    private const int LongestAnswer = 4 * 1024 * 1024;

    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly TimeProvider _clock;

    public Delivery(LLMscopeOptions options)
    {
        _clock = options.Clock;

        // Without a slash at its end the last part of the address would be replaced, not continued.
        _address = options.Address.AbsoluteUri.EndsWith('/') ? options.Address : new Uri(options.Address.AbsoluteUri + "/");
        var transport = options.Transport ?? new SocketsHttpHandler
        {
            // Its requests are no part of what the application does, and an answer from elsewhere is not LLMscope's.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(transport, disposeHandler: options.Transport is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    /// <exception cref="OperationCanceledException">The cancellation was asked for; whether it was stored is not known.</exception>
    public async Task<DeliveryAnswer> SendAsync(string path, ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(LongestRequest, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, path)) { Content = new ReadOnlyMemoryContent(lines) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            return await ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Again($"no answer within {LongestRequest.TotalSeconds:0} s");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The transport may be the application's own and throw anything; none of it may end the sending.
            return Again($"{fault.GetType().Name}: {fault.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<DeliveryAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.Accepted:
                return await ReadReceiptAsync(response, cancellation).ConfigureAwait(false);
            case HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity:
                return new DeliveryAnswer(DeliveryOutcome.Refused, Problem: $"LLMscope refused measurements as wrong ({(int)response.StatusCode}).");
            case HttpStatusCode.RequestEntityTooLarge:
                return new DeliveryAnswer(DeliveryOutcome.TooLarge, Problem: "LLMscope refused a measurement as too large (413).");
            default:
                return Again($"it answered {(int)response.StatusCode}") with { RetryAfter = PauseOf(response.Headers.RetryAfter) };
        }
    }

    private static async Task<DeliveryAnswer> ReadReceiptAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var receipt = JsonDocument.Parse(body);
            var refused = receipt.RootElement.ValueKind == JsonValueKind.Object && receipt.RootElement.TryGetProperty("rejected", out var number)
                && number.TryGetInt32(out var items) ? items : 0;
            return new DeliveryAnswer(DeliveryOutcome.Taken, refused, Problem: refused > 0 ? "LLMscope refused some measurements as wrong." : null);
        }
        catch (JsonException)
        {
            return new DeliveryAnswer(DeliveryOutcome.Taken);
        }
    }

    private TimeSpan? PauseOf(RetryConditionHeaderValue? wanted)
    {
        var pause = wanted?.Delta ?? (wanted?.Date is { } date ? date - _clock.GetUtcNow() : null);
        return pause is { } known ? TimeSpan.FromTicks(Math.Clamp(known.Ticks, 0, LongestPause.Ticks)) : null;
    }

    private static DeliveryAnswer Again(string problem) => new(DeliveryOutcome.Again, Problem: $"LLMscope does not take measurements: {problem}.");
}
