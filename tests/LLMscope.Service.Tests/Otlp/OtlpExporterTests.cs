using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>The exporters that applications use, in a process of their own.</summary>
public sealed class OtlpExporterTests(OtlpPortsHost ports) : IClassFixture<OtlpPortsHost>
{
    private static readonly string Folder = typeof(OtlpExporterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Exporters").Value!;

    [Theory]
    [InlineData("proto", "none")]
    [InlineData("proto", "gzip")]
    [InlineData("http", "none")]
    [InlineData("http", "gzip")]
    [InlineData("grpc", "none")]
    [InlineData("grpc", "gzip")]
    public async Task What_an_exporter_of_OpenTelemetry_sends_is_on_disk(string exporter, string packing)
    {
        var model = Guid.NewGuid().ToString("N");
        var address = exporter == "grpc" ? $"http://localhost:{ports.GrpcPort}" : $"http://localhost:{ports.HttpPort}/v1/traces";

        Assert.Equal("""{"code":0,"error":null}""", await ExportAsync(exporter, address, model, packing));

        Assert.Equal(20, await ports.Host.AskAsync<long>(
            $"""
            SELECT count(*) FROM calls c JOIN sources s ON s.id = c.source_id
            WHERE model = '{model}' AND provider = 'openai' AND input_tokens = 7 AND output_tokens = 50 AND finish_reason = 'stop'
            """));
    }

    private static async Task<string> ExportAsync(params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@opentelemetry")))
            SkipOrFail("npm could not bring in the exporters.");

        var script = Path.Combine(AppContext.BaseDirectory, "Otlp", "Exporters", "export.mjs");
        var start = new ProcessStartInfo("node", [script, Folder, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return said.Trim();
        }
        catch (Win32Exception)
        {
            SkipOrFail("There is no node to run the exporters.");
            throw;
        }
    }

    private static void SkipOrFail(string reason)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Fail(reason);
    }
}
