using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace LLMscope.Monitoring.Tests.Alerts;

/// <summary>A real SMTP server in a process of its own, on a port of its own; ended when disposed.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly Process _process;

    private MailServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>The test is skipped where the server was not brought in by the build, unless the environment says CI=true.</summary>
    public static async Task<MailServer> StartAsync(object rules, CancellationToken cancellation)
    {
        var modules = typeof(MailServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "MailServer").Value!;
        var script = Path.Combine(AppContext.BaseDirectory, "Alerts", "MailServer", "server.mjs");
        if (!Directory.Exists(Path.Combine(modules, "node_modules", "smtp-server")))
            SkipOrFail("npm could not bring in the mail server smtp-server.");

        var start = new ProcessStartInfo("node", [script, modules, JsonSerializer.Serialize(rules)]) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        try
        {
            var process = Process.Start(start)!;
            var first = await process.StandardOutput.ReadLineAsync(cancellation);
            return new(process, JsonDocument.Parse(first!).RootElement.GetProperty("port").GetInt32());
        }
        catch (Win32Exception)
        {
            SkipOrFail("There is no node to run the mail server.");
            throw;
        }
    }

    /// <summary>The next message that it took.</summary>
    public async Task<Mail> NextAsync(CancellationToken cancellation) =>
        JsonSerializer.Deserialize<Mail>((await _process.StandardOutput.ReadLineAsync(cancellation))!, JsonSerializerOptions.Web)!;

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static void SkipOrFail(string reason)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Fail(reason);
    }
}

internal sealed record Mail(string From, string[] To, string? User, bool Secure, string Raw);
