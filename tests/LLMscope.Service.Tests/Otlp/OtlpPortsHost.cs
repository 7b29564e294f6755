using System.Globalization;

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
        int[] ports = FreePort.Find(2);
        (HttpPort, GrpcPort) = (ports[0], ports[1]);
        Host = await ServiceHost.StartAsync(
        [
            ("LLMscope:Otlp:Enabled", "true"), ("LLMscope:Otlp:HttpPort", HttpPort.ToString(CultureInfo.InvariantCulture)),
            ("LLMscope:Otlp:GrpcPort", GrpcPort.ToString(CultureInfo.InvariantCulture)), .. settings,
        ]);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
