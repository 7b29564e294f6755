using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LLMscope.Monitoring.Tests.Alerts;

/// <summary>Whoever takes messages over HTTP: a real server that keeps what came and answers as it is told.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>();

    private StandIn(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.Single()}/hook";

    /// <summary>How it answers. From the start with 200 and ok, which suits a webhook and Slack.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync("ok");

    /// <summary>What has come and was not taken by the test.</summary>
    public int Waiting => _arrivals.Reader.Count;

    public static async Task<StandIn> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var standIn = new StandIn(builder.Build());
        standIn._app.Run(standIn.TakeAsync);
        await standIn._app.StartAsync(cancellation);
        return standIn;
    }

    public async Task<Arrival> NextAsync(CancellationToken cancellation) => await _arrivals.Reader.ReadAsync(cancellation);

    public void AnswerWith(int status, string body = "", string? retryAfter = null) => Answer = context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync(body);
    };

    /// <summary>It takes the request and then says nothing, until the caller gives up.</summary>
    public void AnswerNever() => Answer = async context =>
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        await _arrivals.Writer.WriteAsync(new Arrival(context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), body));
        await Answer(context);
    }
}

internal sealed record Arrival(Dictionary<string, string> Headers, string Body)
{
    /// <summary>The identity of a webhook's message.</summary>
    public string Id => Headers["webhook-id"];
}
