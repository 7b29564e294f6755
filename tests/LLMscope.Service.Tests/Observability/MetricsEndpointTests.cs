using System.Net;
using LLMscope.Service.Observability;
using LLMscope.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace LLMscope.Service.Tests.Observability;

public class MetricsEndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // As Prometheus 2.42 and 3.0 ask.
    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "OpenMetrics")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", "OpenMetrics")]
    [InlineData("text/plain;version=0.0.4;q=0.9,application/openmetrics-text;version=1.0.0;q=0.5", "Prometheus")]
    [InlineData("application/openmetrics-text;version=0.0.1", "Prometheus")]
    [InlineData("application/openmetrics-text;q=0", "Prometheus")]
    [InlineData("text/html,*/*;q=0.8", "Prometheus")]
    [InlineData("", "Prometheus")]
    public void The_format_is_the_one_that_is_wanted_most(string accept, string expected) =>
        Assert.Equal(Enum.Parse<MetricsFormat>(expected), MetricsEndpoint.FormatFor(accept.Length == 0 ? [] : MediaTypeHeaderValue.ParseList([accept])));

    [Fact]
    public async Task The_page_says_what_it_is_in_either_format()
    {
        await using var host = await StartAsync();

        using var plain = await host.Client.GetAsync("/metrics", Cancellation);
        using var wish = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "Accept", "application/openmetrics-text; version=1.0.0" } } };
        using var open = await host.Client.SendAsync(wish, Cancellation);

        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", plain.Content.Headers.ContentType?.ToString());
        Assert.DoesNotContain("# EOF", await plain.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", open.Content.Headers.ContentType?.ToString());
        Assert.EndsWith("\n# EOF\n", await open.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promtool_finds_no_fault_with_the_page()
    {
        await using var host = await StartAsync();
        await host.Client.GetAsync("/hello/1", Cancellation);

        var page = await host.Client.GetStringAsync("/metrics", Cancellation);
        var (exitCode, output) = await PromTool.RunAsync(["check", "metrics"], page, Cancellation);

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Contains("""http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/hello/{id}"} 1""", page, StringComparison.Ordinal);
        Assert.Contains("llmscope_chart_upper_control_limit{", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_is_on_the_page_and_the_name_of_its_pool_is_not()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await using var host = await StartAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var command = source.CreateCommand("SELECT 1"))
            await command.ExecuteScalarAsync(Cancellation);

        var page = await host.Client.GetStringAsync("/metrics", Cancellation);
        var (exitCode, output) = await PromTool.RunAsync(["check", "metrics"], page, Cancellation);

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Contains("db_client_operation_duration_seconds_bucket{le=\"0.0005\"}", page, StringComparison.Ordinal);
        Assert.Contains("db_client_connections{db_client_connection_state=\"idle\"}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Database=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promtool_finds_a_fault_where_there_is_one()
    {
        var (exitCode, output) = await PromTool.RunAsync(["check", "metrics"], "a_thing{x=\"} 1\n", Cancellation);

        Assert.NotEqual(0, exitCode);
        Assert.NotEmpty(output);
    }

    private static Task<SmallHost> StartAsync()
    {
        var charts = new ShownCharts(TimeProvider.System.GetUtcNow());
        charts.Show(1, 1.5, (1, 2, 3), model: "odd \"name\"\\");
        return SmallHost.StartAsync(
            services => services.AddSingleton(charts.Board).AddObservability(),
            app =>
            {
                app.MapMetrics();
                app.MapGet("/hello/{id}", (int id) => id);
            },
            Cancellation);
    }
}
