using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using LLMscope.Service.Scraping.Deriving;
using LLMscope.Service.Scraping.Exposition;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Scraping;

/// <summary>Gets pages of metrics over HTTP. Redirects are followed only within the same scheme, host and port, so that a login never goes elsewhere.</summary>
internal sealed class PageDownload(IOptions<ScrapingOptions> options, TimeProvider clock) : IDisposable
{
    private const int MostRedirects = 3;
    private const string OpenMetrics = "application/openmetrics-text";

    private readonly HttpClient _client = Client(trust: null);

    // One for each target that has authorities of its own.
    private readonly ConcurrentDictionary<TargetTrust, HttpClient> _trusting = [];

    /// <summary>Reads one page.</summary>
    /// <returns>Null, or why there is none.</returns>
    public async Task<ScrapeFault?> ReadAsync(TargetPlan target, ScrapedPage page, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(target.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await ReadInTimeAsync(target, page, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new ScrapeFault(ScrapeOutcome.Timeout, $"No complete answer within {target.Timeout.TotalSeconds:0.###} s.");
        }
        catch (Exception fault) when (fault is ExpositionException or InvalidDataException)
        {
            return new ScrapeFault(ScrapeOutcome.Malformed, fault.Message); // The latter is what is said to be gzip and is not.
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            var reason = fault.InnerException is { } inner ? $" {inner.Message}" : "";
            return new ScrapeFault(ScrapeOutcome.Unreachable, fault.Message + reason);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        foreach (var client in _trusting.Values)
            client.Dispose();
    }

    private static HttpClient Client(TargetTrust? trust)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            ResponseDrainTimeout = TimeSpan.Zero,
        };
        if (trust is not null)
            handler.SslOptions = trust.Connections();
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }; // Each scrape has its own.
    }

    private async Task<ScrapeFault?> ReadInTimeAsync(TargetPlan target, ScrapedPage page, CancellationToken cancellation)
    {
        AuthenticationHeaderValue? login;
        try
        {
            login = await target.Login.HeaderAsync(cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new ScrapeFault(ScrapeOutcome.Login, $"The file with the password or token cannot be read: {fault.Message}");
        }

        var address = target.Address;
        for (var redirects = 0; ; redirects++)
        {
            using var response = await AskAsync(address, target, login, cancellation);
            if (response.StatusCode == HttpStatusCode.OK)
                return await ReadBodyAsync(response, page, cancellation);
            if (response.Headers.Location is not { } location || (int)response.StatusCode is < 300 or > 399)
                return new ScrapeFault(ScrapeOutcome.Status, $"The answer is {(int)response.StatusCode} {response.StatusCode} instead of 200.");

            if (!Uri.TryCreate(address, location, out var next))
                return new ScrapeFault(ScrapeOutcome.Redirect, "The answer redirects to what is no address.");
            if (!IsSameServer(address, next) || redirects == MostRedirects)
            {
                var shown = next.GetLeftPart(UriPartial.Path);
                return new ScrapeFault(ScrapeOutcome.Redirect, $"The answer redirects to {shown}, which is not followed. Name that address in the target.");
            }

            address = next;
        }
    }

    private async Task<HttpResponseMessage> AskAsync(Uri address, TargetPlan target, AuthenticationHeaderValue? login, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd($"{OpenMetrics};version=1.0.0;q=0.8, text/plain;version=0.0.4;q=0.5, */*;q=0.1");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("LLMscope", typeof(PageDownload).Assembly.GetName().Version?.ToString(3)));
        request.Headers.Add("X-Prometheus-Scrape-Timeout-Seconds", target.Timeout.TotalSeconds.ToString("0.###"));
        request.Headers.Authorization = login;
        var client = target.Trust is { } trust ? _trusting.GetOrAdd(trust, Client) : _client;
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private async Task<ScrapeFault?> ReadBodyAsync(HttpResponseMessage response, ScrapedPage page, CancellationToken cancellation)
    {
        // What names no type or another one is read as text, as Prometheus does unless told otherwise: most small exporters say text/plain or nothing.
        var isOpenMetrics = string.Equals(response.Content.Headers.ContentType?.MediaType, OpenMetrics, StringComparison.OrdinalIgnoreCase);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var largest = options.Value.LargestBody;
        return await ExpositionStream.ReadAsync(body, new ExpositionParser(isOpenMetrics, page.Wants, page.Take), largest, cancellation) is null
            ? new ScrapeFault(ScrapeOutcome.TooLarge, $"The page is larger than {largest} bytes.")
            : null;
    }

    private static bool IsSameServer(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0 && other.UserInfo.Length == 0;
}
