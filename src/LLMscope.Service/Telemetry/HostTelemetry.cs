using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Telemetry;

/// <summary>
/// Measures the machine that LLMscope runs on, as context for violations. What cannot be read is not sent, so a chart shows
/// no data rather than zero.
/// </summary>
internal sealed partial class HostTelemetry(
    LinuxHost host,
    NvidiaSmi? gpus,
    SeriesCatalog catalog,
    SampleInbox inbox,
    MonitoringHealth health,
    TelemetryMeter meter,
    IOptions<TelemetryOptions> options,
    TimeProvider clock,
    ILogger<HostTelemetry> logger) : BackgroundService
{
    private static readonly string HostName = Environment.MachineName.Length <= Source.LongestPart ? Environment.MachineName : Environment.MachineName[..Source.LongestPart];

    // One entry per reading: cpu, memory, gpu, samples.
    private readonly Dictionary<string, string> _problems = [];
    private readonly List<Sample> _samples = [];
    private bool _noRoom;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled || (!host.IsLinux && gpus is null))
            return;

        await health.ReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
        {
            if (host.IsLinux)
                ReadHost();
            if (gpus is not null)
                await ReadGpusAsync(gpus, stoppingToken);
            Send();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void ReadHost()
    {
        var source = new Source(Host: HostName);
        var time = Now();
        Try("cpu", () => Add(source, "cpu_utilization", time, host.ReadCpuUtilization()));
        Try("memory", () =>
        {
            var memory = host.ReadMemory();
            Add(source, "memory_used", time, memory.Used);
            Add(source, "memory_utilization", time, memory.Utilization);
        });
    }

    private async Task ReadGpusAsync(NvidiaSmi smi, CancellationToken cancellation)
    {
        var (readings, problem) = await smi.ReadAsync(cancellation);
        Note("gpu", problem);
        var time = Now();
        foreach (var gpu in readings)
        {
            var device = gpu.Device.Length <= Source.LongestPart ? gpu.Device : gpu.Device[..Source.LongestPart];
            var source = new Source(Host: HostName, Device: device);
            Add(source, "gpu_utilization", time, gpu.Utilization);
            Add(source, "gpu_memory_used", time, gpu.MemoryUsed);
            Add(source, "gpu_memory_utilization", time, gpu.MemoryUtilization);
            Add(source, "gpu_temperature", time, gpu.Temperature);
            Add(source, "gpu_power", time, gpu.Power);
        }
    }

    private void Try(string reading, Action read)
    {
        try
        {
            read();
            Note(reading, null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Note(reading, fault.Message);
        }
    }

    private void Add(Source source, string characteristic, DateTime time, double? value)
    {
        if (value is not { } known)
            return;

        var found = Characteristic.Find(characteristic) ?? throw new InvalidOperationException($"'{characteristic}' is not a known characteristic.");
        if (catalog.TryGetOrAdd(source, found, out var series))
            _samples.Add(new Sample(series, time, known));
        else
            _noRoom = true;
    }

    private void Send()
    {
        if (_samples.Count > 0 && !inbox.TryAccept(new SampleBatch(_samples.ToArray(), [])))
            Note("samples", "the inbox is full");
        else
            Note("samples", _noRoom ? "there may be no further series" : null);

        _samples.Clear();
        _noRoom = false;
    }

    private void Note(string reading, string? problem)
    {
        if (problem is not null)
            meter.Failed(reading);

        var before = _problems.GetValueOrDefault(reading);
        if (problem == before)
            return;

        if (problem is null)
        {
            _problems.Remove(reading);
            LogReadAgain(reading);
        }
        else
        {
            _problems[reading] = problem;
            LogFailed(reading, problem);
        }
    }

    /// <summary>In whole microseconds, the resolution of the archive.</summary>
    private DateTime Now()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    [LoggerMessage(LogLevel.Warning, "Host telemetry fails ({Reading}): {Problem}")]
    private partial void LogFailed(string reading, string problem);

    [LoggerMessage(LogLevel.Information, "Host telemetry works again ({Reading}).")]
    private partial void LogReadAgain(string reading);
}
