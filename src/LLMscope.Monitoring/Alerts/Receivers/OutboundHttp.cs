using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace LLMscope.Monitoring.Alerts.Receivers;

/// <summary>
/// How messages leave over HTTP: no redirect is followed, no proxy is used, the address that was checked is the one that is connected to,
/// and no more of an answer is read than people can look at.
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    private const int MostAnswerBytes = 2_048;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxConnectionsPerServer = 4,
        MaxResponseHeadersLength = 16,
        ResponseDrainTimeout = TimeSpan.Zero,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // The caller's token limits the time, answer included.
    };

    /// <summary>Posts JSON.</summary>
    /// <exception cref="HttpRequestException">
    /// The network failed, or whoever is at the other end speaks no HTTP; or, with a <see cref="ForbiddenAddressException"/> inside, nothing is sent to that address.
    /// </exception>
    public async Task<HttpAnswer> PostAsync(Uri address, byte[] json, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("LLMscope", typeof(OutboundHttp).Assembly.GetName().Version?.ToString(3)));
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return new HttpAnswer((int)response.StatusCode, await ReadAsync(response, cancellation), response.Headers.RetryAfter);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Whether a text is an address that can be posted to.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo.Length == 0
        && address.Host.Length > 0;

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await AddressPolicy.ResolveAsync(context.DnsEndPoint.Host, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        NetworkStream? stream = null;
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return stream = new NetworkStream(socket, ownsSocket: true);
        }
        finally
        {
            if (stream is null)
                socket.Dispose();
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = new byte[MostAnswerBytes];
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }
}

/// <param name="Body">Its beginning, as text.</param>
internal sealed record HttpAnswer(int Status, string Body, RetryConditionHeaderValue? RetryAfter);
