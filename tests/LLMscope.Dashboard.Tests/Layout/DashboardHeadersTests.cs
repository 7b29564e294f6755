using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LLMscope.Dashboard.Tests.Layout;

public sealed class DashboardHeadersTests : IAsyncLifetime
{
    private WebApplication _app = default!;
    private HttpClient _browser = default!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDashboard();
        builder.Services.AddSingleton(new LLMscope.Monitoring.Charts.ChartBoard());
        builder.Services.AddSingleton(TimeProvider.System);
        _app = builder.Build();
        _app.UseDashboard();
        _app.MapGet("/ok", () => "ok");
        _app.MapGet("/fault", new Func<string>(() => throw new InvalidOperationException("secret")));
        _app.MapGet("/api/missing", () => Results.NotFound());
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _browser = new HttpClient { BaseAddress = new Uri(address) };
        _browser.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Every_answer_keeps_foreign_scripts_and_frames_out()
    {
        using var answer = await _browser.GetAsync("/ok", TestContext.Current.CancellationToken);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task A_wrong_address_shows_a_page_that_says_so()
    {
        using var answer = await _browser.GetAsync("/nothing", TestContext.Current.CancellationToken);

        Assert.Equal(StatusCodes.Status404NotFound, (int)answer.StatusCode);
        Assert.Contains("There is nothing here", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_fault_shows_a_page_without_its_details()
    {
        using var answer = await _browser.GetAsync("/fault", TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(StatusCodes.Status500InternalServerError, (int)answer.StatusCode);
        Assert.Contains("This page could not be made", page);
        Assert.DoesNotContain("secret", page);
    }

    [Fact]
    public async Task A_program_gets_no_page()
    {
        using var answer = await _browser.GetAsync("/api/missing", TestContext.Current.CancellationToken);

        Assert.Empty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
