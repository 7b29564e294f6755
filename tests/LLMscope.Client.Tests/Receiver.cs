using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LLMscope.Tests;

/// <summary>A server that stands where LLMscope or a provider would, on a port of its own. It answers as a test says and keeps what came.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>(); // bounded by what the test sends

    private Receiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>One that answers as LLMscope does when all is well.</summary>
    public static Task<Receiver> StartAsync() => StartAsync((_, context) => TakeAsync(context));

    /// <param name="answer">Gets the number of the request, from 1.</param>
    public static async Task<Receiver> StartAsync(Func<int, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new Receiver(app);
        var number = 0;
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var received = new Received(context.Request.Path, context.Request.ContentType ?? "", body.ToArray());
            var count = Interlocked.Increment(ref number);
            receiver._received.Writer.TryWrite(received);
            await answer(count, context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public static Task TakeAsync(HttpContext context) => AnswerAsync(context, HttpStatusCode.Accepted, """{"accepted":1,"duplicates":0,"rejected":0,"items":null}""");

    public static async Task AnswerAsync(HttpContext context, HttpStatusCode status, string body, string type = "application/json")
    {
        (context.Response.StatusCode, context.Response.ContentType) = ((int)status, type);
        await context.Response.WriteAsync(body);
    }

    public async Task<Received> NextAsync() => await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>The measurements of the next request.</summary>
    public async Task<JsonObject[]> NextItemsAsync() => (await NextAsync()).Items;

    public async Task<JsonObject> NextItemAsync() => Assert.Single(await NextItemsAsync());

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record Received(string Path, string Type, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public JsonObject[] Items => [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
}
