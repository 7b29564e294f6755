using System.Diagnostics.Metrics;
using LLMscope.Monitoring.Charts;
using LLMscope.Service.Observability;
using LLMscope.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Observability;

public sealed class MetricsPageTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IMeterFactory _meters;

    public MetricsPageTests() => _meters = _services.GetRequiredService<IMeterFactory>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Counters_gauges_and_histograms_are_on_the_page()
    {
        using var page = NewPage();
        var meter = _meters.Create("LLMscope");
        meter.CreateCounter<long>("llmscope.test.turns", "{turn}", "Turns.").Add(2, new KeyValuePair<string, object?>("how.so", true));
        meter.CreateObservableGauge("llmscope.test.fill", () => 0.25, "1", "Fill.");
        var histogram = meter.CreateHistogram<double>("llmscope.test.duration", "s", "Time.");
        foreach (var seconds in (double[])[0.0004, 0.0005, 0.3, 11])
            histogram.Record(seconds);

        var text = await ReadAsync(page);

        Assert.Contains("# TYPE llmscope_test_turns_total counter\n# HELP llmscope_test_turns_total Turns.\nllmscope_test_turns_total{how_so=\"true\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("llmscope_test_fill_ratio 0.25\n", text, StringComparison.Ordinal);
        Assert.Equal(
            ["0.0005 2", "0.001 2", "0.0025 2", "0.005 2", "0.01 2", "0.025 2", "0.05 2", "0.1 2", "0.25 2", "0.5 3", "1.0 3", "2.5 3", "5.0 3", "10.0 3", "+Inf 4"],
            text.Split('\n').Where(line => line.StartsWith("llmscope_test_duration_seconds_bucket", StringComparison.Ordinal))
                .Select(line => line["llmscope_test_duration_seconds_bucket{le=\"".Length..].Replace("\"}", "", StringComparison.Ordinal)));
        Assert.Contains("llmscope_test_duration_seconds_count 4\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_counter_goes_on_from_scrape_to_scrape()
    {
        using var page = NewPage();
        var counter = _meters.Create("LLMscope").CreateCounter<long>("llmscope.test.steps");

        counter.Add(1);
        await ReadAsync(page);
        counter.Add(1);

        Assert.Contains("llmscope_test_steps_total 2\n", await ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_and_process_are_named()
    {
        using var page = NewPage();

        var text = await ReadAsync(page);

        Assert.Contains($"llmscope_build_info{{version=\"0.1.0\",dotnet=\"{Environment.Version}\"}} 1\n", text, StringComparison.Ordinal);
        Assert.Matches("process_start_time_seconds 1[0-9]{9}", text);
        Assert.Matches("process_resident_memory_bytes [1-9][0-9]{6,}\n", text);
        Assert.Matches("process_cpu_seconds_total [0-9]", text);
    }

    [Fact]
    public async Task Another_host_in_the_same_process_and_instruments_that_nobody_chose_are_not_on_the_page()
    {
        await using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var page = NewPage();
        using var unknown = new Meter("Somebody");

        other.GetRequiredService<IMeterFactory>().Create("LLMscope").CreateCounter<long>("llmscope.test.foreign").Add(1);
        unknown.CreateCounter<long>("somebody.counts").Add(1);

        var text = await ReadAsync(page);
        Assert.DoesNotContain("foreign", text, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet_assembly", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_labels_end_in_one_overflow_series()
    {
        using var page = NewPage(new MetricsOptions { LargestCardinality = 10 });
        var counter = _meters.Create("LLMscope").CreateCounter<long>("llmscope.test.flood");

        for (var i = 0; i < 1_000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("who", i));

        var lines = (await ReadAsync(page)).Split('\n').Where(line => line.StartsWith("llmscope_test_flood_total{", StringComparison.Ordinal)).ToList();
        Assert.Equal(11, lines.Count);
        Assert.Contains("llmscope_test_flood_total{otel_metric_overflow=\"true\"} 990", lines);
    }

    [Fact]
    public async Task One_scrape_runs_four_wait_and_more_are_refused()
    {
        using var page = NewPage();
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        _meters.Create("LLMscope").CreateObservableGauge("llmscope.test.slow", () =>
        {
            entered.Set();
            leave.Wait(TestContext.Current.CancellationToken);
            return 1;
        });

        var running = Task.Run(() => TryReadAsync(page), TestContext.Current.CancellationToken);
        entered.Wait(TestContext.Current.CancellationToken);
        var waiting = Enumerable.Range(0, 4).Select(_ => TryReadAsync(page)).ToArray();
        var refused = await TryReadAsync(page);
        leave.Set();

        Assert.Null(refused);
        Assert.NotNull(await running);
        Assert.All(await Task.WhenAll(waiting), Assert.NotNull);
    }

    [Fact]
    public void Two_meters_with_one_name_share_a_family_unless_they_are_of_different_kinds()
    {
        MetricFamily first = new("a", MetricKind.Gauge, null, "", [new("", [new("from", "1")], 1)]);
        MetricFamily second = new("a", MetricKind.Gauge, null, "", [new("", [new("from", "2")], 2)]);

        Assert.Equal(2, Assert.Single(MetricsPage.Joined([first, second])).Values.Count);
        Assert.Throws<InvalidOperationException>(() => MetricsPage.Joined([first, second with { Kind = MetricKind.Counter }]).ToList());
    }

    private MetricsPage NewPage(MetricsOptions? options = null) =>
        new(new ChartBoard(), _meters, Options.Create(options ?? new MetricsOptions()), new ManualClock());

    private static async Task<string?> TryReadAsync(MetricsPage page) =>
        await page.TryWriteAsync(MetricsFormat.Prometheus, TestContext.Current.CancellationToken);

    private static async Task<string> ReadAsync(MetricsPage page) => Assert.IsType<string>(await TryReadAsync(page));
}
