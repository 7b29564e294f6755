using System.Diagnostics.Metrics;
using LLMscope.Host;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Telemetry;
using LLMscope.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Telemetry;

public sealed class HostTelemetryTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = new TelemetryOptions().Interval;

    private readonly TemporaryFolder _root = new();
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(7));
    private readonly HeardLog<HostTelemetry> _log = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private MonitoringParts _parts = new();
    private HostTelemetry? _telemetry;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HostTelemetryTests()
    {
        _root.Write("proc/stat", "cpu  10 0 0 90 0 0 0 0 0 0\n");
        _root.Write("proc/meminfo", "MemTotal: 8000 kB\nMemAvailable: 6000 kB\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (_telemetry is not null)
            await _telemetry.StopAsync(CancellationToken.None);
        _telemetry?.Dispose();
        await _parts.DisposeAsync();
        await _services.DisposeAsync();
        _root.Dispose();
    }

    [Fact]
    public async Task Processors_and_memory_are_sent_at_every_interval_as_samples_of_the_host()
    {
        await StartAsync();

        Assert.Equal(["memory_used 2048000", "memory_utilization 0.25"], Described(await TakeAsync()));

        _root.Write("proc/stat", "cpu  40 0 0 160 0 0 0 0 0 0\n");
        _clock.Advance(Interval);
        var second = await TakeAsync();

        Assert.Equal(["cpu_utilization 0.3", "memory_used 2048000", "memory_utilization 0.25"], Described(second));
        Assert.All(second, sample => Assert.Equal(new Source(Host: Environment.MachineName), sample.Series.Source));
        Assert.All(second, sample => Assert.Equal(new DateTime(2026, 3, 1, 12, 0, 5, DateTimeKind.Utc), sample.Time));
        Assert.All(second, sample => Assert.Equal(DateTimeKind.Utc, sample.Time.Kind));
    }

    [Fact]
    public async Task Each_GPU_is_a_device_and_what_it_cannot_tell_is_not_sent()
    {
        var program = _root.WriteProgram("nvidia-smi", "printf '0, L4, 50, 1, 4, 40, [N/A]\\n1, L4, [N/A], [N/A], [N/A], 41, 20.5\\n'\n");
        await StartAsync(new NvidiaSmi(program, _clock));

        var samples = (await TakeAsync()).Where(sample => sample.Series.Source.Device.Length > 0).ToList();

        Assert.Equal(
            ["gpu_utilization 0.5", "gpu_memory_used 1048576", "gpu_memory_utilization 0.25", "gpu_temperature 40"],
            Described(samples.Where(sample => sample.Series.Source.Device == "GPU 0 L4")));
        Assert.Equal(["gpu_temperature 41", "gpu_power 20.5"], Described(samples.Where(sample => sample.Series.Source.Device == "GPU 1 L4")));
    }

    [Fact]
    public async Task A_reading_that_fails_leaves_the_others_alone_and_is_logged_once_and_counted_each_time()
    {
        var failures = CountFailures();
        _root.Write("proc/meminfo", "nonsense");
        await StartAsync(fill: true);
        for (var i = 0; i < 3; i++)
        {
            _root.Write("proc/stat", $"cpu  {40 + i} 0 0 {160 + i} 0 0 0 0 0 0\n");
            _clock.Advance(Interval);
            Assert.StartsWith("cpu_utilization", Assert.Single(Described(await TakeAsync())), StringComparison.Ordinal);
        }

        _root.Write("proc/meminfo", "MemTotal: 8000 kB\nMemAvailable: 6000 kB\n");
        _clock.Advance(Interval);
        Assert.Contains("memory_utilization 0.25", Described(await TakeAsync()));

        Assert.Equal(
            ["Warning: Host telemetry fails (memory): /proc/meminfo does not tell the memory.", "Information: Host telemetry works again (memory)."], _log.Lines);
        Assert.Equal(4, failures("memory"));
    }

    [Fact]
    public async Task A_limit_of_series_is_a_problem_that_is_told()
    {
        await _parts.DisposeAsync();
        _parts = new MonitoringParts(largestNumberOfSeries: 1);
        var failures = CountFailures();

        await StartAsync();

        Assert.Equal(["memory_used 2048000"], Described(await TakeAsync()));
        _clock.Advance(Interval);
        await TakeAsync();
        Assert.Equal(["Warning: Host telemetry fails (samples): there may be no further series"], _log.Lines);
        Assert.InRange(failures("samples"), 1, 2);
    }

    [Fact]
    public async Task Nothing_is_read_before_the_monitoring_is_ready_or_where_it_is_switched_off()
    {
        _telemetry = NewTelemetry(null, new TelemetryOptions());
        await _telemetry.StartAsync(Cancellation);
        await _telemetry.StopAsync(Cancellation);
        Assert.Equal(0, _parts.Inbox.Waiting);

        _parts.Start();
        using var off = NewTelemetry(null, new TelemetryOptions { Enabled = false });
        await off.StartAsync(Cancellation);
        await off.ExecuteTask!;
        Assert.Equal(0, _parts.Inbox.Waiting);
    }

    /// <param name="fill">Whether the first turn, which may send nothing, is awaited by a second reading of the processors.</param>
    private async Task StartAsync(NvidiaSmi? gpus = null, bool fill = false)
    {
        _telemetry = NewTelemetry(gpus, new TelemetryOptions());
        _parts.Start();
        await _telemetry.StartAsync(Cancellation);
        if (fill)
            await FirstTurnAsync();
    }

    private async Task FirstTurnAsync()
    {
        // A turn without a sample is seen by what it says.
        while (_log.Lines.Count == 0)
            await Task.Yield();
    }

    private HostTelemetry NewTelemetry(NvidiaSmi? gpus, TelemetryOptions options) => new(
        new HostReadings(new LinuxHost(_root.Path, _clock), gpus, _clock), _parts.Catalog, _parts.Inbox, _parts.Health,
        new TelemetryMeter(_services.GetRequiredService<IMeterFactory>()), Options.Create(options), _clock, _log);

    private async Task<Sample[]> TakeAsync()
    {
        var group = new List<SampleBatch>();
        Assert.True(await _parts.Inbox.TakeGroupAsync(group, Cancellation));
        _parts.Inbox.Release(group);
        return [.. group.SelectMany(batch => batch.Samples.ToArray())];
    }

    private Func<string, long> CountFailures()
    {
        var counts = new Dictionary<string, long>();
        var scope = _services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == scope)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, times, labels, _) =>
        {
            lock (counts)
                counts[(string)labels[0].Value!] = counts.GetValueOrDefault((string)labels[0].Value!) + times;
        });
        listener.Start();
        return reading =>
        {
            lock (counts)
                return counts.GetValueOrDefault(reading);
        };
    }

    private static List<string> Described(IEnumerable<Sample> samples) => [.. samples.Select(sample => $"{sample.Series.Characteristic.Name} {sample.Value}")];
}
