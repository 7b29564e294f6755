using LLMscope.Service.Health;
using Microsoft.Extensions.Configuration;

namespace LLMscope.Service.Tests.Health;

public class HealthProbeTests
{
    [Theory]
    [InlineData(null, null, 5080)]
    [InlineData(null, "8080", 8080)]
    [InlineData(null, "8080;8081", 8080)]
    [InlineData("http://*:9000", "8080", 9000)]
    [InlineData("https://localhost:9443;http://[::]:9001", null, 9001)]
    [InlineData("http://localhost", null, 80)]
    public void It_asks_the_port_where_the_environment_has_the_service_listen(string? urls, string? ports, int expected)
    {
        var environment = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["urls"] = urls, ["http_ports"] = ports })
            .Build();

        Assert.Equal(expected, HealthProbe.PortOf(environment));
    }
}
