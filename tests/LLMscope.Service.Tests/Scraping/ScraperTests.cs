using System.Net;
using LLMscope.Service.Scraping;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>All targets in their rhythm, and the service that has them.</summary>
public sealed class ScraperTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_target_is_read_at_its_interval_and_no_more_at_once_than_may_be()
    {
        await using var server = await PageServer.StartAsync();
        await using var parts = new MonitoringParts();
        using var readings = new MeterReadings();
        var (open, most) = (0, 0);
        var gate = new TaskCompletionSource();
        server.Answer = async context =>
        {
            most = Math.Max(most, Interlocked.Increment(ref open));
            await gate.Task;
            Interlocked.Decrement(ref open);
            await context.Response.WriteAsync("node_memory_MemTotal_bytes 1\n");
        };
        var options = Options.Create(new ScrapingOptions
        {
            MostConcurrent = 2,
            Targets =
            [
                .. Enumerable.Range(0, 5).Select(i => new TargetOptions { Name = $"t{i}", Address = $"{server.Url}/{i}", Preset = "node", Interval = TimeSpan.FromSeconds(2) }),
            ],
        });
        using var download = new PageDownload(options, TimeProvider.System);
        using var scraper = new Scraper(
            download, parts.Catalog, parts.Inbox, parts.Health, new ScrapingMeter(readings.Factory), options, TimeProvider.System, new HeardLog<TargetScraper>());
        parts.Start();
        await scraper.StartAsync(Cancellation);

        var first = new[] { await server.NextAsync(), await server.NextAsync() };
        gate.SetResult();
        var others = new[] { await server.NextAsync(), await server.NextAsync(), await server.NextAsync() };

        Assert.True(first.Concat(others).Select(request => request.Path).Distinct().Count() > 2);
        Assert.InRange(most, 1, 2);
        await scraper.StopAsync(Cancellation);
    }

    [Fact]
    public async Task The_service_scrapes_stores_and_tells_the_state_of_each_target()
    {
        await using var server = await PageServer.StartAsync();
        server.AnswerWith("# TYPE vllm:num_requests_running gauge\nvllm:num_requests_running{engine=\"0\",model_name=\"llama\"} 7\n");
        await using var host = await ServiceHost.StartAsync(
            ("LLMscope:Scraping:Targets:0:Address", server.Url), ("LLMscope:Scraping:Targets:0:Preset", "vllm"), ("LLMscope:Scraping:Targets:0:Interval", "00:00:01"),
            ("LLMscope:Scraping:Targets:1:Address", "http://127.0.0.1:1/metrics?key=secret"), ("LLMscope:Scraping:Targets:1:Preset", "dcgm"),
            ("LLMscope:Scraping:Targets:1:Interval", "00:00:01"));
        await server.NextAsync();
        await server.NextAsync(); // The first scrape is done.
        while (await host.AskAsync<long>("SELECT count(*) FROM series s JOIN sources o ON o.id = s.source_id WHERE s.characteristic = 'error' AND o.operation = 'scrape'") < 2)
            Cancellation.ThrowIfCancellationRequested();

        var answer = await host.GetAsync("/api/v1/scraping/targets");
        var metrics = await host.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var targets = answer.Json["targets"]!.AsArray();
        Assert.True(targets[0]!["up"]!.GetValue<bool>());
        Assert.Equal(("vllm", $"{server.Url}/metrics"), (targets[0]!["preset"]!.GetValue<string>(), targets[0]!["address"]!.GetValue<string>()));
        Assert.Equal(1, targets[0]!["series"]!.GetValue<int>());
        Assert.Contains("vllm:kv_cache_usage_perc", targets[0]!["neverSeen"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.False(targets[1]!["up"]!.GetValue<bool>());
        Assert.NotNull(targets[1]!["problem"]);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        Assert.Equal(1, await host.AskAsync<long>(
            """
            SELECT count(*) FROM series s JOIN sources o ON o.id = s.source_id
            WHERE s.characteristic = 'requests_running' AND o.model = 'llama' AND o.device = 'engine 0'
            """));
        Assert.Contains("llmscope_scraping_scrapes_total{", metrics.Body, StringComparison.Ordinal);
        Assert.Contains("llmscope_scraping_up{target=\"127.0.0.1:1\"} 0", metrics.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_is_wrong_stops_the_start_with_all_that_is_wrong()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var host = await ServiceHost.StartAsync(("LLMscope:Scraping:Targets:0:Address", "nowhere"), ("LLMscope:Scraping:Targets:0:Preset", "vlm"));
        });

        Assert.Equal(2, fault.Failures.Count());
    }
}
