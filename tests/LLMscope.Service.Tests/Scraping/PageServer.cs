using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>A server of pages of metrics: it keeps what was asked and answers as it is told.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly Channel<HeardRequest> _requests = Channel.CreateUnbounded<HeardRequest>();
    private SmallHost _host = null!;

    public string Url => _host.App.Urls.Single();

    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync("g 1\n");

    /// <param name="certificate">What it shows over TLS; null for plain HTTP.</param>
    public static async Task<PageServer> StartAsync(X509Certificate2? certificate = null)
    {
        var server = new PageServer();
        server._host = await SmallHost.StartAsync(_ => { }, app => app.Run(server.TakeAsync), TestContext.Current.CancellationToken, certificate);
        return server;
    }

    /// <summary>The next request that was not taken by the test.</summary>
    public async Task<HeardRequest> NextAsync() => await _requests.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool TryTake(out HeardRequest? request) => _requests.Reader.TryRead(out request);

    public void AnswerWith(string page, string type = "text/plain; version=0.0.4", int status = 200) => Answer = context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(page);
    };

    /// <summary>It takes the request and then says nothing, until the caller gives up.</summary>
    public void AnswerNever() => Answer = async context =>
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    };

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        await _requests.Writer.WriteAsync(new HeardRequest(context.Request.Path + context.Request.QueryString, headers, body));
        await Answer(context);
    }
}

internal sealed record HeardRequest(string Path, Dictionary<string, string> Headers, string Body);
