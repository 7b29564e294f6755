using System.Text.RegularExpressions;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Storage;
using LLMscope.Service.Observability;
using LLMscope.Service.Telemetry;
using LLMscope.Service.Tests.Observability;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LLMscope.Service.Tests.Deploy;

public partial class ReferredMetricsTests
{
    // The delivery of notifications measures these two.
    private static readonly string[] OfTheOutbox = ["llmscope_notifications_total", "llmscope_outbox_pending"];

    [Theory]
    [InlineData("prometheus/rules/llmscope.rules.yml")]
    [InlineData("grafana/dashboards/llmscope/overview.json")]
    public async Task Every_metric_of_LLMscope_that_a_file_names_is_on_the_page(string file)
    {
        var page = await PageAsync();

        var referred = Name().Matches(await File.ReadAllTextAsync(DeployFolder.PathOf(file), TestContext.Current.CancellationToken)).Select(match => match.Value).Distinct().ToList();
        var absent = referred.Where(name => !Regex.IsMatch(page, $"^{name}[{{ ]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)));

        Assert.True(referred.Count > 8);
        Assert.Empty(absent.Except(OfTheOutbox));
    }

    private static async Task<string> PageAsync()
    {
        var charts = new ShownCharts(TimeProvider.System.GetUtcNow());
        charts.Show(1, 1.5, (1, 2, 3));
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddLogging()
            .AddMonitoring(MonitoringParts.NoDatabase)
            .AddSingleton(charts.Board)
            .AddHostTelemetry()
            .AddObservability()
            .BuildServiceProvider();

        var page = services.GetRequiredService<MetricsPage>();
        services.GetRequiredService<ArchiveMeter>().Archived(1, 0, TimeSpan.FromMilliseconds(1));
        services.GetRequiredService<MonitoringMeter>().Judged(new MonitorTurn(), TimeSpan.FromMilliseconds(1));
        services.GetRequiredService<TelemetryMeter>();
        return Assert.IsType<string>(await page.TryWriteAsync(MetricsFormat.Prometheus, TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("\\b(llmscope|process)_[a-z_]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Name();
}
