using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping;
using LLMscope.Service.Scraping.Deriving;
using LLMscope.Service.Scraping.Exposition;
using LLMscope.Tests;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>Pages of programs that LLMscope did not write.</summary>
public sealed class RealServersTests : IDisposable
{
    private const string HttpTimes = "prometheus_http_request_duration_seconds";
    private const string PythonClient = "/usr/lib/python3/dist-packages/prometheus_client/__init__.py";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0")]
    [InlineData("text/plain;version=0.0.4")]
    public async Task The_Python_client_is_read_in_both_formats_with_exemplars_and_escapes(string accept)
    {
        await using var python = await PythonAsync();
        using var client = new HttpClient();

        var samples = await ReadAsync(client, python.Url, accept);

        Assert.Contains("vllm:generation_tokens_total", samples.Keys);
        Assert.Contains("vllm:time_to_first_token_seconds_bucket", samples.Keys);
        Assert.Equal(["a \"quoted\" word\\path\nsecond line", "größe"], samples["app_build_info"].Labels.Select(label => label.Value));
    }

    [Fact]
    public async Task A_server_with_the_Python_client_is_scraped_by_the_preset_of_vLLM()
    {
        await using var python = await PythonAsync();
        await using var parts = new MonitoringParts();
        var target = await ScrapeAsync(TargetPlan.Of(new TargetOptions { Address = python.Url, Preset = "vllm" }), parts);

        var group = new List<SampleBatch>();
        Assert.True(await parts.Inbox.TakeGroupAsync(group, Cancellation));

        Assert.True(target.State.IsUp);
        Assert.Equal(
        [
            "kv_cache_utilization 0.5", "output_tokens_per_second 10", "requests_per_second 0.666667",
            "time_to_first_token_mean 0.2", "time_to_first_token_p50 0.175", "time_to_first_token_p95 0.2425",
        ],
            group[^1].Samples.ToArray().Where(sample => sample.Series.Source.Device == "engine 0" && sample.Series.Characteristic.Name is not ("error_share" or "abort_ratio"))
                .Select(sample => $"{sample.Series.Characteristic.Name} {Math.Round(sample.Value, 6)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Prometheus_is_read_to_the_last_line()
    {
        await using var prometheus = await PrometheusAsync();
        using var client = new HttpClient();

        var samples = await ReadAsync(client, prometheus.Url, "text/plain;version=0.0.4");

        Assert.True(samples.Count > 100);
        Assert.Contains("prometheus_build_info", samples.Keys);
    }

    [Fact]
    public async Task Prometheus_is_scraped_as_a_target_twice()
    {
        await using var prometheus = await PrometheusAsync();
        await using var parts = new MonitoringParts();
        var plan = TargetPlan.Of(new TargetOptions
        {
            Address = prometheus.Url,
            Preset = "generic",
            Metrics =
            {
                new() { Metric = "go_goroutines", Kind = MetricKind.Gauge, Characteristic = "goroutines" },
                new() { Metric = "process_cpu_seconds_total", Kind = MetricKind.Rate, Characteristic = "cpu_seconds_per_second" },
                new() { Metric = HttpTimes, Kind = MetricKind.Mean, Characteristic = "http_time_mean", Unit = "s", Where = { ["handler"] = "/metrics" } },
                new() { Metric = HttpTimes, Kind = MetricKind.Quantile, Characteristic = "http_time_p95", Unit = "s", Where = { ["handler"] = "/metrics" } },
            },
        });
        var target = await ScrapeAsync(plan, parts);

        Assert.True(target.State.IsUp);
        Assert.Equal(4, target.State.Values);
        Assert.Empty(target.State.NeverSeen);
    }

    [Fact]
    public async Task The_node_exporter_has_what_its_preset_charts()
    {
        await using var node = await DebianProgram.StartAsync(
            "prometheus-node-exporter", port => [$"--web.listen-address=127.0.0.1:{port}"], "/metrics");
        using var client = new HttpClient();
        var plan = Fixture.Plan("node");

        var page = Fixture.Read(plan, await client.GetStringAsync(new Uri($"{node.Url}/metrics"), Cancellation));

        Assert.All(plan.Rules.SelectMany(rule => rule.Metrics), metric => Assert.True(page.Has(metric), metric.Name));
        var memory = plan.Rules.OfType<GaugeShareRule>().First().Derive(new ScrapeInterval(page, null));
        Assert.InRange(Assert.Single(memory).Value, 0.0001, 0.9999);
    }

    private static async Task<Dictionary<string, ExpositionSample>> ReadAsync(HttpClient client, string url, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{url}/metrics");
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.Equal(accept.Split(';')[0], answer.Content.Headers.ContentType!.MediaType);
        var samples = new Dictionary<string, ExpositionSample>();
        var parser = new ExpositionParser(accept.StartsWith("application/openmetrics", StringComparison.Ordinal), _ => true, sample => samples[sample.Name] = sample);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        Assert.NotNull(await ExpositionStream.ReadAsync(body, parser, 10_000_000, Cancellation));
        return samples;
    }

    /// <summary>Three scrapes, fifteen seconds apart as its clock has it.</summary>
    private static async Task<TargetScraper> ScrapeAsync(TargetPlan plan, MonitoringParts parts)
    {
        using var readings = new MeterReadings();
        var clock = new ManualClock();
        using var download = new PageDownload(Options.Create(new ScrapingOptions()), clock);
        var target = new TargetScraper(plan, 1_000, download, parts.Catalog, parts.Inbox, new ScrapingMeter(readings.Factory), clock, new HeardLog<TargetScraper>());
        for (var i = 0; i < 3; i++)
        {
            await target.ScrapeAsync(Cancellation);
            clock.Advance(TimeSpan.FromSeconds(15));
        }

        return target;
    }

    private static Task<DebianProgram> PythonAsync()
    {
        // The package of Debian belongs to the Python of Debian.
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true" || File.Exists(PythonClient), "python3-prometheus-client is not installed.");
        var script = Path.Combine(AppContext.BaseDirectory, "Scraping", "server.py");
        return DebianProgram.StartAsync("/usr/bin/python3", port => [script, $"{port}"], "/ready");
    }

    private Task<DebianProgram> PrometheusAsync()
    {
        var configuration = _folder.Write("prometheus.yml", "global:\n  scrape_interval: 15s\n");
        return DebianProgram.StartAsync(
            "prometheus",
            port => [$"--web.listen-address=127.0.0.1:{port}", $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(_folder.Path, "data")}"],
            "/-/ready");
    }
}
