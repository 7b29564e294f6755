using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>A real program that serves metrics, on a free port. A test is skipped where it is not installed, unless the environment says CI=true.</summary>
internal sealed class DebianProgram : IAsyncDisposable
{
    private readonly Process _process;

    private DebianProgram(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    /// <param name="ready">A path that answers with 200 once the program serves.</param>
    public static async Task<DebianProgram> StartAsync(string name, Func<int, string[]> arguments, string ready)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var start = new ProcessStartInfo(name, arguments(port)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            process.Dispose();
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"{name} is not installed: {missing.Message}");
            throw;
        }

        // What it says is of no interest, but a full pipe would stop it.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var program = new DebianProgram(process, $"http://127.0.0.1:{port}");
        using var client = new HttpClient();
        while (!process.HasExited && !await AnswersAsync(client, program.Url + ready, cancellation))
            cancellation.ThrowIfCancellationRequested();
        Assert.False(process.HasExited);
        return program;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string url, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(url), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
