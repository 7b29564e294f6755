using System.Diagnostics;
using System.Net;
using LLMscope.Service.Tests;

namespace LLMscope.Tests.Crashes;

/// <summary>The service as an operator runs it: a process with a data folder and a private PostgreSQL of its own, to be killed and started again.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly string _assembly;
    private readonly string _folder;
    private readonly (string Key, string Value)[] _settings;
    private Process? _process;

    /// <param name="assembly">LLMscope.Service.dll where it was built.</param>
    /// <param name="folder">Its data folder.</param>
    public ServiceProcess(string assembly, string folder, params (string Key, string Value)[] settings)
    {
        (_assembly, _folder, _settings) = (assembly, folder, settings);
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Find()}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Speaks to whichever process runs now; the address stays the same.</summary>
    public HttpClient Client { get; }

    /// <summary>Returns when samples can be taken.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", [_assembly]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _folder };
        start.Environment["LLMscope__DataFolder"] = _folder;
        start.Environment["ConnectionStrings__LLMscope"] = "";
        start.Environment["urls"] = Client.BaseAddress!.ToString();
        start.Environment["LLMscope__Otlp__Enabled"] = "false"; // several may run at once
        foreach (var (key, value) in _settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        await ReadUntilReadyAsync(_process.StandardOutput, cancellation);
        _ = DrainAsync(_process.StandardOutput);
    }

    /// <summary>SIGKILL, to the service alone: nothing is flushed, answered or said goodbye to.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: the service and its database end in order.</summary>
    public async Task StopAsync()
    {
        if (_process is null || _process.HasExited)
            return;

        using (var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await signal.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
        Client.Dispose();
    }

    private static async Task ReadUntilReadyAsync(StreamReader output, CancellationToken cancellation)
    {
        var (listens, restored, heard) = (false, false, new List<string>());
        while (!listens || !restored)
        {
            var line = await output.ReadLineAsync(cancellation) ?? throw new InvalidOperationException($"The service ended while it started:\n{string.Join('\n', heard)}");
            heard.Add(line);
            listens |= line.Contains("Now listening on", StringComparison.Ordinal);
            restored |= line.Contains("Ready with ", StringComparison.Ordinal);
        }
    }

    // A full pipe would stop the service.
    private static async Task DrainAsync(StreamReader output)
    {
        try
        {
            while (await output.ReadLineAsync() is not null)
            {
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or IOException)
        {
            // The process is gone.
        }
    }
}
