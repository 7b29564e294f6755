using System.Net;
using System.Net.Http.Json;
using LLMscope.Service.Health;
using LLMscope.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LLMscope.Service.Tests.Health;

public class HealthEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_database_the_process_is_alive_and_not_ready()
    {
        await using var parts = new MonitoringParts();
        await using var host = await StartAsync(parts);

        Assert.Equal((HttpStatusCode.OK, new HealthAnswer("alive", null)), await AskAsync(host, "/health/live"));
        var (status, starting) = await AskAsync(host, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("not ready", starting?.Status);
        Assert.Contains("starting", starting?.Problem, StringComparison.Ordinal);

        parts.Start();
        var (_, refused) = await AskAsync(host, "/health/ready");
        Assert.Contains("database does not answer", refused?.Problem, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, "/health/live")).Status);
    }

    [Fact]
    public async Task With_a_database_it_is_ready_until_the_inbox_is_nearly_full()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await using var parts = new MonitoringParts(database.ConnectionString);
        parts.Start();
        await using var host = await StartAsync(parts);

        Assert.Equal((HttpStatusCode.OK, new HealthAnswer("ready", null)), await AskAsync(host, "/health/ready"));

        parts.Fill(901);
        var (status, full) = await AskAsync(host, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("inbox", full?.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopping_host_is_not_ready()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await using var parts = new MonitoringParts(database.ConnectionString);
        parts.Start();
        await using var host = await StartAsync(parts);

        // A request that began before keeps the server up while it stops.
        var stopping = new TaskCompletionSource<(HttpStatusCode, HealthAnswer?)>();
        host.App.Lifetime.ApplicationStopping.Register(() => stopping.SetResult(AskAsync(host, "/health/ready").GetAwaiter().GetResult()));
        host.App.Lifetime.StopApplication();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, new HealthAnswer("not ready", "LLMscope is stopping.")), await stopping.Task);
    }

    [Fact]
    public async Task A_probe_never_sees_an_old_answer()
    {
        await using var parts = new MonitoringParts();
        await using var host = await StartAsync(parts);

        using var live = await host.Client.GetAsync("/health/live", Cancellation);
        using var ready = await host.Client.GetAsync("/health/ready", Cancellation);

        Assert.True(live.Headers.CacheControl?.NoStore);
        Assert.True(ready.Headers.CacheControl?.NoStore);
    }

    private static Task<SmallHost> StartAsync(MonitoringParts parts) =>
        SmallHost.StartAsync(services => services.AddSingleton(parts.Health).AddSingleton(TimeProvider.System), app => app.MapHealth(), Cancellation);

    private static async Task<(HttpStatusCode Status, HealthAnswer? Answer)> AskAsync(SmallHost host, string path)
    {
        using var answer = await host.Client.GetAsync(path, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<HealthAnswer>(Cancellation));
    }
}
