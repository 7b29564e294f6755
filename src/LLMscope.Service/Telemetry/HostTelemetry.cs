using LLMscope.Host;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Telemetry;

/// <summary>
/// Measures the machine that LLMscope runs on, as context for violations. What cannot be read is not sent, so a chart shows
/// no data rather than zero.
/// </summary>
internal sealed partial class HostTelemetry(
    HostReadings readings,
    SeriesCatalog catalog,
    SampleInbox inbox,
    MonitoringHealth health,
    TelemetryMeter meter,
    IOptions<TelemetryOptions> options,
    TimeProvider clock,
    ILogger<HostTelemetry> logger) : BackgroundService
{
    private static readonly string HostName = Environment.MachineName.Length <= Source.LongestPart ? Environment.MachineName : Environment.MachineName[..Source.LongestPart];

    // One entry for each kind of readings, and one for the samples.
    private readonly Dictionary<string, string> _problems = [];
    private readonly List<Sample> _samples = [];
    private bool _noRoom;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled || !readings.CanRead)
            return;

        await health.ReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
        {
            await readings.ReadAsync(Add, Note, stoppingToken);
            Send();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Add(HostReading reading)
    {
        var device = reading.Device.Length <= Source.LongestPart ? reading.Device : reading.Device[..Source.LongestPart];
        var found = Characteristic.Find(reading.Characteristic) ?? throw new InvalidOperationException($"'{reading.Characteristic}' is not a known characteristic.");
        if (catalog.TryGetOrAdd(new Source(Host: HostName, Device: device), found, out var series))
            _samples.Add(new Sample(series, WholeMicroseconds(reading.Time), reading.Value));
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

    // The resolution of the archive.
    private static DateTime WholeMicroseconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    [LoggerMessage(LogLevel.Warning, "Host telemetry fails ({Reading}): {Problem}")]
    private partial void LogFailed(string reading, string problem);

    [LoggerMessage(LogLevel.Information, "Host telemetry works again ({Reading}).")]
    private partial void LogReadAgain(string reading);
}
