using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>The service with ports for OTLP that were free.</summary>
public sealed class OtlpPortsHost : IAsyncLifetime
{
    public ServiceHost Host { get; private set; } = null!;

    public int HttpPort { get; private set; }

    public int GrpcPort { get; private set; }

    public ValueTask InitializeAsync() => StartAsync();

    public async ValueTask StartAsync(params (string Key, string Value)[] settings)
    {
        (HttpPort, GrpcPort) = FreePorts();
        Host = await ServiceHost.StartAsync(
        [
            ("LLMscope:Otlp:Enabled", "true"), ("LLMscope:Otlp:HttpPort", HttpPort.ToString(CultureInfo.InvariantCulture)),
            ("LLMscope:Otlp:GrpcPort", GrpcPort.ToString(CultureInfo.InvariantCulture)), .. settings,
        ]);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public static (int First, int Second) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
