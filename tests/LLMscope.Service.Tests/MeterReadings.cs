using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace LLMscope.Service.Tests;

/// <summary>What the instruments of one host measured: sums of counters and the last values of gauges, by instrument and labels.</summary>
internal sealed class MeterReadings : IDisposable
{
    private readonly Dictionary<string, long> _values = []; // bounded by what the test measures
    private readonly Lock _gate = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener;

    public MeterReadings()
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == Factory)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) =>
        {
            var key = $"{instrument.Name} {string.Join(' ', labels.ToArray().Select(label => label.Value))}".TrimEnd();
            lock (_gate)
                _values[key] = instrument is Counter<long> ? _values.GetValueOrDefault(key) + value : value;
        });
        _listener.Start();
    }

    public IMeterFactory Factory => _services.GetRequiredService<IMeterFactory>();

    public long this[string key]
    {
        get
        {
            _listener.RecordObservableInstruments();
            lock (_gate)
                return _values.GetValueOrDefault(key);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }
}
