using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LLMscope.Service.Otlp;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Otlp;

public class OtlpPortsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_port_of_OTLP_takes_OTLP_and_nothing_else()
    {
        var ports = new OtlpPortsHost();
        await ports.StartAsync();
        await using var _ = ports;
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports.HttpPort}") };

        var taken = await OtlpSender.SendAsync(client, "/v1/traces", WrittenProtobuf.Spans(Calls.Shop, Calls.Span("m")), OtlpSender.Protobuf);
        var elsewhere = await OtlpSender.SendAsync(client, "/api/v1/samples", [], OtlpSender.Json);
        var traces = await OtlpSender.SendAsync(client, "/v1development/profiles", [], OtlpSender.Protobuf);

        Assert.Equal((HttpStatusCode.OK, 1L), (taken.Status, await ports.Host.CountAsync("calls")));
        Assert.Equal((HttpStatusCode.NotFound, OtlpSender.Json, 12), (elsewhere.Status, elsewhere.Type, elsewhere.Rpc.Code));
        Assert.Equal((HttpStatusCode.NotFound, OtlpSender.Protobuf), (traces.Status, traces.Type));
    }

    [Fact]
    public async Task Both_names_of_this_machine_reach_the_ports_and_others_do_not()
    {
        var ports = new OtlpPortsHost();
        await ports.StartAsync();
        await using var _ = ports;
        using var client = new HttpClient();

        using var empty = new ByteArrayContent([]) { Headers = { ContentType = new(OtlpSender.Protobuf) } };
        using var byName = await client.PostAsync(new Uri($"http://localhost:{ports.HttpPort}/v1/traces"), empty, Cancellation);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{ports.HttpPort}/v1/traces")) { Headers = { Host = "elsewhere.example" } };
        using var refused = await client.SendAsync(foreign, Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (byName.StatusCode, refused.StatusCode));
        var outside = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), AddressFamily.InterNetwork, Cancellation)).FirstOrDefault(address => !IPAddress.IsLoopback(address));
        if (outside is not null)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAsync<SocketException>(async () => await socket.ConnectAsync(outside, ports.HttpPort, Cancellation));
        }
    }

    [Fact]
    public async Task A_port_that_another_program_owns_is_left_to_it_with_a_warning()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var port = ((IPEndPoint)collector.LocalEndpoint).Port;
        var log = new HeardLog<OtlpListener>();
        await using var host = await ServiceHost.StartAsync();
        using var listener = ActivatorUtilities.CreateInstance<OtlpListener>(
            host.Get<IServiceProvider>(), Options.Create(new OtlpOptions { HttpPort = port, GrpcPort = FreePort.Find() }), (ILogger<OtlpListener>)log);

        await listener.StartedAsync(Cancellation);
        await listener.StoppingAsync(Cancellation);

        Assert.Equal(2, log.Lines.Count);
        Assert.StartsWith($"Warning: Takes no OTLP/HTTP: localhost, port {port} is not to be had", log.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Information: Takes OTLP/gRPC on localhost, port ", log.Lines[1], StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_end_waits_for_no_connection_that_is_idle()
    {
        var ports = new OtlpPortsHost();
        await ports.StartAsync();
        await using var _ = ports;
        using var grpc = new GrpcClient(ports.GrpcPort);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports.HttpPort}") };
        Assert.Equal(0, (await grpc.CallAsync(GrpcClient.Traces, [])).Code);
        Assert.Null((await OtlpSender.SendAsync(http, "/v1/traces", [], OtlpSender.Protobuf)).Partial);
        var begun = TimeProvider.System.GetTimestamp();

        await ports.Host.StopAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<HttpRequestException>(() => grpc.CallAsync(GrpcClient.Traces, []));
    }

    [Fact]
    public async Task The_address_of_LLMscope_itself_stays_where_it_is_and_comes_first()
    {
        var port = FreePort.Find().ToString(CultureInfo.InvariantCulture);

        // The same port for both: OTLP gives way.
        await using var host = await ServiceHost.StartAsync(("LLMscope:Otlp:Enabled", "true"), ("LLMscope:Otlp:HttpPort", port), ("LLMscope:Otlp:GrpcPort", "0"));

        var address = Assert.Single(host.Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);
        Assert.NotEqual(port, new Uri(address).Port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/live")).Status);
    }
}
