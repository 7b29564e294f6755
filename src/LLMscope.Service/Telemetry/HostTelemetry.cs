using LLMscope.Host;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Samples;
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

    private readonly ReadingProblems _problems = new();
    private readonly Measurements _measurements = new(catalog, inbox);

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
        _measurements.Add(new Source(Host: HostName, Device: device), found, EventTime.WholeMicroseconds(reading.Time), reading.Value);
    }

    private void Send()
    {
        var hasHomeless = _measurements.Homeless > 0;
        _measurements.Offer(out var isFull);
        Note("samples", isFull ? "the inbox is full" : hasHomeless ? "there may be no further series" : null);
    }

    private void Note(string reading, string? problem)
    {
        if (problem is not null)
            meter.Failed(reading);

        if (!_problems.IsNews(reading, problem))
            return;

        if (problem is null)
            LogReadAgain(reading);
        else
            LogFailed(reading, problem);
    }

    [LoggerMessage(LogLevel.Warning, "Host telemetry fails ({Reading}): {Problem}")]
    private partial void LogFailed(string reading, string problem);

    [LoggerMessage(LogLevel.Information, "Host telemetry works again ({Reading}).")]
    private partial void LogReadAgain(string reading);
}
