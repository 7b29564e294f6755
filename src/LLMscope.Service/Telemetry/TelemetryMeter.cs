using System.Diagnostics.Metrics;
using LLMscope.Host;
using LLMscope.Service.Observability;

namespace LLMscope.Service.Telemetry;

/// <summary>Counts the readings of the host that failed.</summary>
internal sealed class TelemetryMeter
{
    private readonly Counter<long> _failures;

    public TelemetryMeter(IMeterFactory meters)
    {
        _failures = meters.Create(ChosenInstruments.Own).CreateCounter<long>(
            "llmscope.telemetry.failures", "{reading}", "Readings of the host that failed or found no room.");
        foreach (var reading in (string[])[.. HostReadings.Kinds, "samples"])
            Count(reading, 0);
    }

    public void Failed(string reading) => Count(reading, 1);

    private void Count(string reading, long times) => _failures.Add(times, new KeyValuePair<string, object?>("reading", reading));
}
