using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Otlp;

/// <summary>
/// The ports that SDKs send to unless they are told otherwise. Each is a server of its own that knows OTLP and nothing else: neither takes
/// the addresses of LLMscope itself away, and a port that another program owns is left to it with a warning.
/// They open after everything else and close before it.
/// </summary>
internal sealed partial class OtlpListener(
    OtlpHttp http, OtlpGrpc grpc, IServiceProvider services, IOptions<OtlpOptions> options, ILoggerFactory loggers, ILogger<OtlpListener> logger)
    : IHostedLifecycleService, IDisposable
{
    private readonly List<KestrelServer> _servers = [];

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return;

        await OpenAsync("OTLP/HTTP", options.Value.HttpPort, HttpProtocols.Http1, http.AnswerAsync, cancellationToken);
        await OpenAsync("OTLP/gRPC", options.Value.GrpcPort, HttpProtocols.Http2, grpc.AnswerAsync, cancellationToken);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.WhenAll(_servers.Select(server => server.StopAsync(cancellationToken)));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _servers.ForEach(server => server.Dispose());

    private async Task OpenAsync(string protocol, int port, HttpProtocols protocols, RequestDelegate answer, CancellationToken cancellation)
    {
        if (port == 0)
            return;

        var kestrel = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        Listen(kestrel, port, endpoint => endpoint.Protocols = protocols);
        var server = new KestrelServer(
            Options.Create(kestrel), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        try
        {
            await server.StartAsync(new Application(PipelineOf(answer), services.GetRequiredService<IHttpContextFactory>()), cancellation);
            _servers.Add(server);
            LogListens(protocol, options.Value.Address, port);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            server.Dispose();
            LogPortTaken(protocol, options.Value.Address, port, fault.Message, OtlpOptions.Section);
        }
    }

    private void Listen(KestrelServerOptions kestrel, int port, Action<ListenOptions> configure)
    {
        if (options.Value.Address == OtlpOptions.Localhost)
            kestrel.ListenLocalhost(port, configure);
        else if (options.Value.Address == OtlpOptions.Everyone)
            kestrel.ListenAnyIP(port, configure);
        else
            kestrel.Listen(IPAddress.Parse(options.Value.Address), port, configure);
    }

    private RequestDelegate PipelineOf(RequestDelegate answer)
    {
        var app = new ApplicationBuilder(services);
        app.UseUnreadRequests();
        app.UseHostFiltering();
        app.Run(answer);
        return app.Build();
    }

    [LoggerMessage(LogLevel.Information, "Takes {Protocol} on {Address}, port {Port}.")]
    private partial void LogListens(string protocol, string address, int port);

    [LoggerMessage(LogLevel.Warning,
        "Takes no {Protocol}: {Address}, port {Port} is not to be had ({Reason}). Another collector may own it; choose another port in {Section} or 0 for none.")]
    private partial void LogPortTaken(string protocol, string address, int port, string reason, string section);

    private sealed class Application(RequestDelegate pipeline, IHttpContextFactory contexts) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => contexts.Create(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => pipeline(context);

        public void DisposeContext(HttpContext context, Exception? exception) => contexts.Dispose(context);
    }
}
