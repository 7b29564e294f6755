using LLMscope.Service.Scraping;
using LLMscope.Service.Scraping.Deriving;
using LLMscope.Service.Scraping.Exposition;
using LLMscope.Tests;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>Pages of programs that LLMscope did not write.</summary>
public sealed class RealServersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prometheus_is_read_in_both_formats_with_the_same_names()
    {
        await using var prometheus = await PrometheusAsync();
        using var client = new HttpClient();

        var text = await ReadAsync(client, prometheus.Url, "text/plain;version=0.0.4");
        var open = await ReadAsync(client, prometheus.Url, "application/openmetrics-text;version=1.0.0");

        Assert.True(text.Count > 200);
        Assert.Contains("prometheus_build_info", text);
        Assert.Equal(text.Where(IsAlwaysThere).Order(), open.Where(IsAlwaysThere).Order());
    }

    [Fact]
    public async Task Prometheus_is_scraped_as_a_target_twice()
    {
        await using var prometheus = await PrometheusAsync();
        await using var parts = new MonitoringParts();
        using var readings = new MeterReadings();
        var clock = new ManualClock();
        var plan = TargetPlan.Of(new TargetOptions
        {
            Address = prometheus.Url, Preset = "generic",
            Metrics =
            {
                new() { Metric = "go_goroutines", Kind = MetricKind.Gauge, Characteristic = "goroutines" },
                new() { Metric = "process_cpu_seconds_total", Kind = MetricKind.Rate, Characteristic = "cpu_seconds_per_second" },
                new() { Metric = "prometheus_http_request_duration_seconds", Kind = MetricKind.Mean, Characteristic = "http_time_mean", Unit = "s", Where = { ["handler"] = "/metrics" } },
                new() { Metric = "prometheus_http_request_duration_seconds", Kind = MetricKind.Quantile, Characteristic = "http_time_p95", Unit = "s", Where = { ["handler"] = "/metrics" } },
            },
        });
        using var download = new PageDownload(Options.Create(new ScrapingOptions()), clock);
        var target = new TargetScraper(plan, 1_000, download, parts.Catalog, parts.Inbox, new ScrapingMeter(readings.Factory), clock, new HeardLog<TargetScraper>());

        for (var i = 0; i < 3; i++)
        {
            await target.ScrapeAsync(Cancellation);
            clock.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.True(target.State.IsUp);
        Assert.Equal(4, target.State.Values);
        Assert.Empty(target.State.NeverSeen);
    }

    [Fact]
    public async Task The_node_exporter_has_what_its_preset_charts()
    {
        await using var node = await DebianProgram.StartAsync(
            "prometheus-node-exporter", port => [$"--web.listen-address=127.0.0.1:{port}"], "/metrics", isAlwaysThere: false);
        using var client = new HttpClient();
        var plan = Fixture.Plan("node");

        var page = Fixture.Read(plan, await client.GetStringAsync(new Uri($"{node.Url}/metrics"), Cancellation));

        Assert.All(plan.Rules.SelectMany(rule => rule.Metrics), metric => Assert.True(page.Has(metric), metric.Name));
        var memory = plan.Rules.OfType<GaugeShareRule>().First().Derive(new ScrapeInterval(page, null));
        Assert.InRange(Assert.Single(memory).Value, 0.0001, 0.9999);
    }

    private static bool IsAlwaysThere(string name) => name.StartsWith("go_", StringComparison.Ordinal) || name.StartsWith("prometheus_tsdb_", StringComparison.Ordinal);

    private static async Task<HashSet<string>> ReadAsync(HttpClient client, string url, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{url}/metrics");
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.Equal(accept.Split(';')[0], answer.Content.Headers.ContentType!.MediaType);
        var names = new HashSet<string>();
        var parser = new ExpositionParser(accept.StartsWith("application/openmetrics", StringComparison.Ordinal), _ => true, sample => names.Add(sample.Name));
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        Assert.NotNull(await ExpositionStream.ReadAsync(body, parser, 10_000_000, Cancellation));
        return names;
    }

    private Task<DebianProgram> PrometheusAsync()
    {
        var configuration = _folder.Write("prometheus.yml", "global:\n  scrape_interval: 15s\n");
        return DebianProgram.StartAsync(
            "prometheus",
            port => [$"--web.listen-address=127.0.0.1:{port}", $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(_folder.Path, "data")}"],
            "/-/ready",
            isAlwaysThere: true);
    }
}
