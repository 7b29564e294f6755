using LLMscope.Client.Http;

namespace LLMscope.Client;

/// <summary>
/// Measures calls over plain HTTP: of OpenAI and the servers that speak as it does, Anthropic, Gemini and Ollama, told by the address. Requests and
/// answers pass unchanged and without waiting; other requests pass unseen.
/// </summary>
public sealed class LLMscopeHandler : DelegatingHandler
{
    private readonly LLMscopeClient _client;

    /// <summary>For a chain that sets the inner handler itself, as <c>IHttpClientFactory</c> does.</summary>
    public LLMscopeHandler(LLMscopeClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    public LLMscopeHandler(LLMscopeClient client, HttpMessageHandler inner)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    /// <summary>The name of the provider where the address does not tell it, for example <c>vllm</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>
    /// The timeout of the <see cref="HttpClient"/>, which cancels a call as its caller would: a cancellation as late as this is recorded as a timeout.
    /// The default is that of <see cref="HttpClient"/>.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content;
        if (Watch(request, cancellationToken) is not { } call)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        try
        {
            return Watch(await base.SendAsync(request, cancellationToken).ConfigureAwait(false), call);
        }
        catch (Exception fault) when (call.Failed(fault))
        {
            throw;
        }
        finally
        {
            request.Content = content; // Who sends it again finds it as it was.
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content;
        if (Watch(request, cancellationToken) is not { } call)
            return base.Send(request, cancellationToken);

        try
        {
            return Watch(base.Send(request, cancellationToken), call);
        }
        catch (Exception fault) when (call.Failed(fault))
        {
            throw;
        }
        finally
        {
            request.Content = content;
        }
    }

    private WatchedCall? Watch(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            if (request?.Method != HttpMethod.Post || Protocol.Of(request.RequestUri) is not { } protocol)
                return null;

            var call = new WatchedCall(_client, protocol, Provider, Timeout, cancellation);
            if (request.Content is not null)
                request.Content = new AskedContent(request.Content, call);
            return call;
        }
        catch (Exception fault) when (_client.Survive(fault))
        {
            return null;
        }
    }

    private HttpResponseMessage Watch(HttpResponseMessage response, WatchedCall call)
    {
        try
        {
            if (call.Answered(response))
                response.Content = new WatchedContent(response.Content, call);
        }
        catch (Exception fault) when (_client.Survive(fault))
        {
        }

        return response;
    }
}
