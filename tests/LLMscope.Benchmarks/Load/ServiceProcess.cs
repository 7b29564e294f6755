using System.Diagnostics;
using System.Globalization;
using LLMscope.Monitoring.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMscope.Benchmarks.Load;

/// <summary>The real service as a process of its own, on a private PostgreSQL with fsync on, in a folder that is removed afterwards.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly string _root;
    private readonly DataFolder _folder;
    private readonly PrivatePostgres _postgres;
    private readonly List<Process> _started = [];

    private ServiceProcess(string root, DataFolder folder, PrivatePostgres postgres, int port) =>
        (_root, _folder, _postgres, Address) = (root, folder, postgres, new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));

    public Uri Address { get; }

    public string ConnectionString => _postgres.ConnectionString;

    public int PostgresId => _postgres.ProcessId;

    public Process Service => _started[^1];

    public static async Task<ServiceProcess> StartAsync(int port, CancellationToken cancellation, params string[] arguments)
    {
        var root = Directory.CreateTempSubdirectory("llmscope-benchmark-").FullName;
        File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var folder = DataFolder.Open(Path.Combine(root, "database"));
        var postgres = await PrivatePostgres.StartAsync(folder, new PrivatePostgresOptions(), TimeProvider.System, NullLogger.Instance, cancellation);
        var process = new ServiceProcess(root, folder, postgres, port);
        await process.StartServiceAsync(cancellation, arguments);
        return process;
    }

    /// <summary>Starts the service (again) and waits until it takes samples.</summary>
    /// <returns>The time from the start of the process to the first answer that says ready.</returns>
    public async Task<TimeSpan> StartServiceAsync(CancellationToken cancellation, params string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LLMscope.Service.dll"), "--urls", Address.ToString(), .. arguments])
        {
            Environment =
            {
                ["ConnectionStrings__LLMscope"] = ConnectionString,
                ["LLMscope__DataFolder"] = Path.Combine(_root, "service"),
                ["Logging__LogLevel__Default"] = "Warning",
                ["LLMscope__Telemetry__Enabled"] = "false",
            },
        };
        _started.Add(Process.Start(start) ?? throw new InvalidOperationException("The service did not start."));
        using var client = new HttpClient { BaseAddress = Address };
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                using var answer = await client.PostAsync("/api/v1/samples", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), cancellation);
                if (answer.StatusCode == System.Net.HttpStatusCode.BadRequest)
                    return Stopwatch.GetElapsedTime(started);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Kills the database, and starts it again after a time.</summary>
    public async Task InterruptDatabaseAsync(TimeSpan outage, CancellationToken cancellation)
    {
        using (var server = Process.GetProcessById(_postgres.ProcessId))
            server.Kill();
        await Task.Delay(outage, TimeProvider.System, cancellation);

        // The supervision starts it again within a look.
        using var look = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _postgres.SuperviseAsync(look.Token);
        }
        catch (OperationCanceledException)
        {
            // Long enough.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await _postgres.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
