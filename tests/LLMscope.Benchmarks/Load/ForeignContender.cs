using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using LLMscope.Service.Tests;

namespace LLMscope.Benchmarks.Load;

/// <summary>A database for time series that is installed on this machine, started in a folder that is removed afterwards.</summary>
internal sealed class ForeignContender(string name, bool isDurable, Process process, string folder, Uri address, LoadFormat format, Func<HttpClient, CancellationToken, Task<long>> count)
    : Contender
{
    public override string Name => name;

    public override bool IsDurable => isDurable;

    /// <summary>InfluxDB 1 as it is configured by default: each write is in its log and synced before it is acknowledged.</summary>
    /// <returns>Null where it is not installed.</returns>
    public static async Task<ForeignContender?> InfluxAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("llmscope-influx-").FullName;
        int[] ports = FreePort.Find(2);
        var (port, inner) = (ports[0], ports[1]);
        var config = Path.Combine(folder, "influxdb.conf");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture,
            $"""
            reporting-enabled = false
            bind-address = "127.0.0.1:{inner}"
            [meta]
            dir = "{folder}/meta"
            [data]
            dir = "{folder}/data"
            wal-dir = "{folder}/wal"
            max-series-per-database = 0
            max-values-per-tag = 0
            query-log-enabled = false
            [http]
            bind-address = "127.0.0.1:{port}"
            log-enabled = false
            [monitor]
            store-enabled = false
            [logging]
            level = "error"
            """), cancellation);
        var started = await StartAsync(
            "InfluxDB 1, line protocol", isDurable: true, "influxd", ["-config", config], folder, port, LoadFormat.Influx, "/ping", CountInfluxAsync, cancellation);
        if (started is null)
            return null;

        using var client = new HttpClient { BaseAddress = started.Address };
        using var made = await client.PostAsync("/query?q=CREATE%20DATABASE%20load", null, cancellation);
        made.EnsureSuccessStatusCode();
        return started;
    }

    /// <summary>VictoriaMetrics, which keeps what it acknowledged in memory for up to five seconds (its documentation, Data updates).</summary>
    /// <returns>Null where it is not installed.</returns>
    public static Task<ForeignContender?> VictoriaAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("llmscope-victoria-").FullName;
        var port = FreePort.Find();
        return StartAsync(
            "VictoriaMetrics, text import", isDurable: false, "victoria-metrics",
            [$"-storageDataPath={folder}/data", string.Create(CultureInfo.InvariantCulture, $"-httpListenAddr=127.0.0.1:{port}"), "-loggerLevel=ERROR", "-retentionPeriod=1"],
            folder, port, LoadFormat.Prometheus, "/health", CountVictoriaAsync, cancellation);
    }

    public Uri Address => address;

    public override Sender Connect(IReadOnlyList<int> series, int samples, int seed) =>
        new HttpSender(address, new LoadBody(format, series, samples, new Random(seed)), format.Path, format.MediaType);

    public override double Cpu() => ProcessCpu.Of(process.Id);

    public override async Task<long> CountAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = address };
        return await count(client, cancellation);
    }

    public override Task<long> BytesAsync(CancellationToken cancellation) =>
        Task.FromResult(new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));

    public override async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<ForeignContender?> StartAsync(
        string name, bool isDurable, string program, string[] arguments, string folder, int port, LoadFormat format, string ready,
        Func<HttpClient, CancellationToken, Task<long>> count, CancellationToken cancellation)
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            Directory.Delete(folder, recursive: true);
            return null;
        }

        var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        using var client = new HttpClient { BaseAddress = address };
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (process.HasExited)
                throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
            try
            {
                using var answer = await client.GetAsync(ready, cancellation);
                if (answer.IsSuccessStatusCode)
                    return new ForeignContender(name, isDurable, process, folder, address, format, count);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }

    private static async Task<long> CountInfluxAsync(HttpClient client, CancellationToken cancellation)
    {
        var answer = JsonNode.Parse(await client.GetStringAsync("/query?db=load&q=SELECT%20count(value)%20FROM%20%22duration%22", cancellation))!;
        return answer["results"]![0]!["series"]![0]!["values"]![0]![1]!.GetValue<long>();
    }

    private static async Task<long> CountVictoriaAsync(HttpClient client, CancellationToken cancellation)
    {
        using var flushed = await client.GetAsync("/internal/force_flush", cancellation);
        var answer = JsonNode.Parse(await client.GetStringAsync("/api/v1/query?query=sum(count_over_time(duration%5B1h%5D))&time=" + TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), cancellation))!;
        return long.Parse(answer["data"]!["result"]![0]!["value"]![1]!.GetValue<string>(), CultureInfo.InvariantCulture);
    }
}
