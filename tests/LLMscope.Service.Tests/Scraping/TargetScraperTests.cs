using System.IO.Compression;
using System.Text;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping;
using LLMscope.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>One target against a real server: what is asked, what of the answer becomes samples, and what is said where there is no answer.</summary>
public sealed class TargetScraperTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly HeardLog<TargetScraper> _log = new();
    private readonly MeterReadings _readings = new();
    private readonly TemporaryFolder _folder = new();
    private readonly List<Sample> _taken = [];
    private MonitoringParts _parts = new();
    private PageServer _server = null!;
    private PageDownload _download = null!;
    private int _mostSeries = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await PageServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _download?.Dispose();
        await _server.DisposeAsync();
        await _parts.DisposeAsync();
        _readings.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_scrape_asks_for_either_format_and_its_values_come_into_the_inbox_with_its_outcome()
    {
        var target = Scraper();
        _server.AnswerWith("g 4\nc_total 10\n");
        await target.ScrapeAsync(Cancellation);
        await AcknowledgeAsync();
        _clock.Advance(TimeSpan.FromSeconds(15));
        _server.AnswerWith("# TYPE g gauge\ng 5\nc_total 40\n# EOF\n", "application/openmetrics-text; version=1.0.0; charset=utf-8");
        await target.ScrapeAsync(Cancellation);

        var request = await _server.NextAsync();
        Assert.Equal("/metrics", request.Path);
        Assert.Equal("application/openmetrics-text; version=1.0.0; q=0.8, text/plain; version=0.0.4; q=0.5, */*; q=0.1", request.Headers["Accept"]);
        Assert.Contains("gzip", request.Headers["Accept-Encoding"], StringComparison.Ordinal);
        Assert.Equal("10", request.Headers["X-Prometheus-Scrape-Timeout-Seconds"]);
        Assert.Equal(["error 0", "gauge 4", "error 0", "gauge 5", "rate 2"], await TakeAsync());
        Assert.Equal((true, 2, 2, null), (target.State.IsUp, target.State.TimeSeries, target.State.Values, target.State.Problem));
        Assert.Equal((2, 3, 1), (_readings["llmscope.scraping.scrapes target ok"], _readings["llmscope.scraping.values target"], _readings["llmscope.scraping.up target"]));
    }

    [Fact]
    public async Task Samples_have_the_time_of_the_scrape_and_the_target_as_host()
    {
        await Scraper(new() { Address = _server.Url, Preset = "generic", Source = { ["Model"] = "llama" }, Metrics = { Gauge() } }).ScrapeAsync(Cancellation);

        var samples = await TakeSamplesAsync();
        var host = new Uri(_server.Url).Authority;
        Assert.All(samples, sample => Assert.Equal(_clock.GetUtcNow().UtcDateTime, sample.Time));
        Assert.Equal(
            [new Source(Model: "llama", Host: host, Operation: "scrape", Application: "llmscope-scrape"), new Source(Model: "llama", Host: host)],
            samples.Select(sample => sample.Series.Source));
    }

    [Fact]
    public async Task A_scrape_that_fails_sends_only_that_it_failed_and_the_next_one_tells_the_whole_time_since()
    {
        var target = Scraper();
        await ScrapeAsync(target, "g 1\nc_total 10");
        await ScrapeAsync(target, "g 1\nc_total ten");

        Assert.Equal("Line 2 of the page has no number as the value of c_total.", target.State.Problem);
        Assert.False(target.State.IsUp);

        await ScrapeAsync(target, "g 1\nc_total 70");
        Assert.Equal(["error 0", "gauge 1", "error 1", "error 0", "gauge 1", "rate 2"], await TakeAsync());
        Assert.Equal(
        [
            "Information: Scraping target works: 2 time series are read.", "Warning: Scraping target: Line 2 of the page has no number as the value of c_total.",
            "Information: Scraping target works again.",
        ], _log.Lines);
        Assert.Equal(1, _readings["llmscope.scraping.scrapes target malformed"]);
    }

    [Fact]
    public async Task After_a_long_gap_counters_begin_anew()
    {
        var target = Scraper();
        await ScrapeAsync(target, "c_total 10");
        _clock.Advance(TimeSpan.FromMinutes(2));
        await ScrapeAsync(target, "c_total 70");
        await ScrapeAsync(target, "c_total 85");

        Assert.Equal(["error 0", "error 0", "error 0", "rate 1"], await TakeAsync());
    }

    [Theory]
    [InlineData(500, "The answer is 500 InternalServerError instead of 200.")]
    [InlineData(401, "The answer is 401 Unauthorized instead of 200.")]
    [InlineData(204, "The answer is 204 NoContent instead of 200.")]
    public async Task An_answer_other_than_200_is_no_page(int status, string problem)
    {
        var target = Scraper();
        _server.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        await target.ScrapeAsync(Cancellation);

        Assert.Equal(problem, target.State.Problem);
        Assert.Equal(["error 1"], await TakeAsync());
        Assert.Equal(1, _readings["llmscope.scraping.scrapes target status"]);
    }

    [Fact]
    public async Task Sources_that_differ_in_an_ignored_label_are_taken_together()
    {
        const string Page = "g{m=\"a\",r=\"1\"} 4\ng{m=\"a\",r=\"2\"} 5\ng{m=\"b\",r=\"1\"} 6\n";
        _server.AnswerWith(Page.Replace("g{m", "vllm:num_requests_running{model_name", StringComparison.Ordinal).Replace("r=", "engine=", StringComparison.Ordinal));
        await Scraper(new() { Address = _server.Url, Preset = "vllm", IgnoredLabels = { "engine" } }).ScrapeAsync(Cancellation);

        var running = (await TakeSamplesAsync()).Where(sample => sample.Series.Characteristic.Name == "requests_running");
        Assert.Equal([("a", "", 9), ("b", "", 6)], running.Select(sample => (sample.Series.Source.Model, sample.Series.Source.Device, sample.Value)).Order());
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said()
    {
        // Nobody listens on port 1.
        var target = Scraper(new() { Address = "http://127.0.0.1:1", Preset = "generic", Metrics = { Gauge() } });
        await target.ScrapeAsync(Cancellation);

        Assert.Contains("refused", target.State.Problem, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, _readings["llmscope.scraping.scrapes target unreachable"]);
        Assert.Equal(0, _readings["llmscope.scraping.up target"]);
    }

    [Fact]
    public async Task A_target_that_does_not_answer_in_time_is_given_up()
    {
        _server.AnswerNever();
        var target = Scraper();

        var scrape = target.ScrapeAsync(Cancellation);
        await _server.NextAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await scrape;

        Assert.Equal("No complete answer within 10 s.", target.State.Problem);
        Assert.Equal(1, _readings["llmscope.scraping.scrapes target timeout"]);
    }

    [Fact]
    public async Task A_page_that_stops_in_its_middle_is_given_up_as_well()
    {
        var begun = new TaskCompletionSource();
        _server.Answer = async context =>
        {
            await context.Response.WriteAsync("g 1\n");
            await context.Response.Body.FlushAsync();
            begun.SetResult();
            var gone = new TaskCompletionSource();
            await using var _ = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        };
        var target = Scraper();

        var scrape = target.ScrapeAsync(Cancellation);
        await begun.Task.WaitAsync(Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await scrape;

        Assert.Equal(["error 1"], await TakeAsync());
    }

    [Fact]
    public async Task A_page_in_gzip_is_unpacked()
    {
        _server.Answer = context => SendZippedAsync(context, "g 3\n");
        await Scraper().ScrapeAsync(Cancellation);

        Assert.Equal(["error 0", "gauge 3"], await TakeAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_50_MB_is_not_read_to_its_end_packed_or_not(bool zipped)
    {
        const int Size = 50_000_000;
        var line = Encoding.UTF8.GetBytes("g{x=\"a\"} 1\n");
        var sent = 0L;
        _server.Answer = async context =>
        {
            if (zipped)
                context.Response.Headers.ContentEncoding = "gzip";
            await using var body = zipped ? new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true) : context.Response.Body;
            var block = Enumerable.Repeat(line, 1_000).SelectMany(bytes => bytes).ToArray();
            try
            {
                for (; sent < Size; sent += block.Length)
                    await body.WriteAsync(block, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // The caller has read enough.
            }
        };
        var target = Scraper();
        await target.ScrapeAsync(Cancellation);

        Assert.Equal("The page is larger than 1000000 bytes.", target.State.Problem);
        Assert.Equal(1, _readings["llmscope.scraping.scrapes target too_large"]);
        Assert.Equal(["error 1"], await TakeAsync());
    }

    [Fact]
    public async Task What_says_it_is_gzip_and_is_not_is_malformed()
    {
        _server.Answer = context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.WriteAsync("g 1\n");
        };
        await Scraper().ScrapeAsync(Cancellation);

        Assert.Equal(1, _readings["llmscope.scraping.scrapes target malformed"]);
    }

    [Fact]
    public async Task A_redirect_within_the_server_is_followed_with_the_login_and_one_to_elsewhere_is_not()
    {
        await using var elsewhere = await PageServer.StartAsync();
        var target = Scraper(new() { Address = _server.Url, Preset = "generic", BearerToken = "secret", Metrics = { Gauge() } });
        _server.Answer = context =>
        {
            if (context.Request.Path == "/metrics")
                context.Response.Redirect("/real");
            return context.Request.Path == "/real" ? context.Response.WriteAsync("g 1\n") : Task.CompletedTask;
        };
        await target.ScrapeAsync(Cancellation);
        Assert.True(target.State.IsUp);
        Assert.Equal(("/metrics", "Bearer secret"), await HeardAsync(_server));
        Assert.Equal(("/real", "Bearer secret"), await HeardAsync(_server));

        _server.Answer = context =>
        {
            context.Response.Redirect($"{elsewhere.Url}/metrics?token=x");
            return Task.CompletedTask;
        };
        await target.ScrapeAsync(Cancellation);
        Assert.Equal($"The answer redirects to {elsewhere.Url}/metrics, which is not followed. Name that address in the target.", target.State.Problem);
        Assert.False(elsewhere.TryTake(out _));

        _server.Answer = context =>
        {
            context.Response.Redirect("/metrics");
            return Task.CompletedTask;
        };
        await target.ScrapeAsync(Cancellation);
        Assert.False(target.State.IsUp);

        _server.Answer = context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "http://[";
            return Task.CompletedTask;
        };
        await target.ScrapeAsync(Cancellation);
        Assert.False(target.State.IsUp);
        Assert.InRange(_readings["llmscope.scraping.scrapes target redirect"], 2, 3);
    }

    [Fact]
    public async Task A_password_or_a_token_is_sent_from_the_settings_or_from_a_file_that_is_read_each_time_and_is_never_said()
    {
        var file = _folder.Write("token", "first-secret\n");
        await Scraper(new() { Address = _server.Url, Preset = "generic", Username = "ada", Password = "love:lace", Metrics = { Gauge() } }).ScrapeAsync(Cancellation);
        Assert.Equal("Basic " + Convert.ToBase64String("ada:love:lace"u8), (await HeardAsync(_server)).Login);

        var target = Scraper(new() { Address = _server.Url, Preset = "generic", BearerTokenFile = file, Metrics = { Gauge() } });
        await target.ScrapeAsync(Cancellation);
        _folder.Write("token", "second-secret");
        await target.ScrapeAsync(Cancellation);
        Assert.Equal("Bearer first-secret", (await HeardAsync(_server)).Login);
        Assert.Equal("Bearer second-secret", (await HeardAsync(_server)).Login);

        File.Delete(file);
        _server.AnswerWith("", status: 401);
        await target.ScrapeAsync(Cancellation);
        Assert.StartsWith("The file with the password or token cannot be read: ", target.State.Problem, StringComparison.Ordinal);
        Assert.False(_server.TryTake(out _));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("secret", StringComparison.Ordinal) || line.Contains("lace", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_metric_that_vanishes_is_told_until_it_is_back_and_one_that_never_was_there_is_told_apart()
    {
        var target = Scraper(new()
        {
            Address = _server.Url,
            Preset = "generic",
            Metrics =
            {
                Gauge(),
                new() { Metric = "never", Kind = MetricKind.Gauge, Characteristic = "never" },
                new() { Metric = "maybe", Kind = MetricKind.Gauge, Characteristic = "maybe", Optional = true },
            },
        });
        await ScrapeAsync(target, "other 1");
        Assert.StartsWith("Nothing that the preset generic charts is on the page.", target.State.Problem, StringComparison.Ordinal);

        await ScrapeAsync(target, "g 1\nmaybe 1");
        Assert.Equal((null, 0), (target.State.Problem, target.State.Vanished.Count));
        Assert.Equal(["never"], target.State.NeverSeen);

        await ScrapeAsync(target, "renamed 1");
        Assert.Equal("Metrics that were there have vanished: g, maybe.", target.State.Problem);
        Assert.Equal(2, _readings["llmscope.scraping.vanished_metrics target"]);

        await ScrapeAsync(target, "g 1\nmaybe 1");
        Assert.Null(target.State.Problem);
        Assert.Equal(0, _readings["llmscope.scraping.vanished_metrics target"]);
        Assert.Equal(["error 0", "error 0", "gauge 1", "maybe 1", "error 0", "error 0", "gauge 1", "maybe 1"], await TakeAsync());
    }

    [Fact]
    public async Task Too_many_time_series_are_said_once_and_counted_always()
    {
        _mostSeries = 2;
        var target = Scraper();
        await ScrapeAsync(target, "g{x=\"1\"} 1\ng{x=\"2\"} 1\ng{x=\"3\"} 1\ng{x=\"4\"} 1");
        await ScrapeAsync(target, "g{x=\"1\"} 1\ng{x=\"2\"} 1\ng{x=\"3\"} 1");

        Assert.Equal("1 time series beyond the limit of 2 are left out.", target.State.Problem);
        Assert.Single(_log.Lines, line => line.Contains("now and from now on", StringComparison.Ordinal));
        Assert.Equal(1, _readings["llmscope.scraping.capped_series target"]);
    }

    [Fact]
    public async Task Values_that_find_the_inbox_full_are_lost_counted_and_told()
    {
        _parts.Fill(1_000);
        var target = Scraper();
        await target.ScrapeAsync(Cancellation);

        Assert.Equal("The inbox is full, so the values are lost.", target.State.Problem);
        Assert.Equal((2, 2), (target.State.Dropped, _readings["llmscope.scraping.dropped target"]));
    }

    [Fact]
    public async Task Values_of_series_beyond_the_limit_of_series_are_counted_and_told()
    {
        await _parts.DisposeAsync();
        _parts = new MonitoringParts(largestNumberOfSeries: 1);
        var target = Scraper();
        await target.ScrapeAsync(Cancellation);

        Assert.Equal("1 values are of new series, and the limit of series is reached.", target.State.Problem);
        Assert.Equal(["error 0"], await TakeAsync());
    }

    [Fact]
    public async Task While_the_database_is_away_it_is_told_that_values_wait()
    {
        var target = Scraper();
        await target.ScrapeAsync(Cancellation);
        await target.ScrapeAsync(Cancellation);

        Assert.Equal("The values of the last scrape wait for the database.", target.State.Problem);
    }

    private static async Task SendZippedAsync(HttpContext context, string page)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await using var body = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await body.WriteAsync(Encoding.UTF8.GetBytes(page));
    }

    private static async Task<(string Path, string Login)> HeardAsync(PageServer server)
    {
        var request = await server.NextAsync();
        return (request.Path, request.Headers.GetValueOrDefault("Authorization", ""));
    }

    private static MetricOptions Gauge() => new() { Metric = "g", Kind = MetricKind.Gauge, Characteristic = "gauge" };

    private TargetScraper Scraper(TargetOptions? options = null)
    {
        var named = options ?? new TargetOptions
        {
            Address = _server.Url,
            Preset = "generic",
            Metrics = { Gauge(), new() { Metric = "c", Kind = MetricKind.Rate, Characteristic = "rate", Unit = "{request}/s", Optional = true } },
        };
        _download ??= new PageDownload(Options.Create(new ScrapingOptions { LargestBody = 1_000_000 }), _clock);
        var meter = new ScrapingMeter(_readings.Factory);
        var scraper = new TargetScraper(TargetPlan.Of(named) with { Name = "target" }, _mostSeries, _download, _parts.Catalog, _parts.Inbox, meter, _clock, _log);
        meter.Watch(() => [scraper]);
        return scraper;
    }

    /// <summary>Scrapes a page, then lets an interval pass.</summary>
    private async Task ScrapeAsync(TargetScraper target, string page)
    {
        _server.AnswerWith(page + "\n");
        await target.ScrapeAsync(Cancellation);
        if (target.State.Problem?.EndsWith("wait for the database.", StringComparison.Ordinal) == true)
            Assert.Fail("The test has to take the batches.");
        _clock.Advance(TimeSpan.FromSeconds(15));
        await AcknowledgeAsync();
    }

    private async Task AcknowledgeAsync()
    {
        var group = new List<SampleBatch>();
        while (_parts.Inbox.Waiting > 0)
        {
            Assert.True(await _parts.Inbox.TakeGroupAsync(group, Cancellation));
            _parts.Inbox.Release(group);
            foreach (var batch in group)
            {
                _taken.AddRange(batch.Samples.ToArray());
                batch.Acknowledge(new BatchReceipt(batch.Count, 0));
            }
        }
    }

    private async Task<List<Sample>> TakeSamplesAsync()
    {
        await AcknowledgeAsync();
        return _taken;
    }

    private async Task<List<string>> TakeAsync() => [.. (await TakeSamplesAsync()).Select(sample => $"{sample.Series.Characteristic.Name} {sample.Value}")];
}
