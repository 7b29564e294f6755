using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(Chromium browser, FilledHost filled) : IClassFixture<FilledHost>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?q=nothing-like-it")]
    [InlineData("/charts/1")]
    [InlineData("/charts/1?window=30d&zones=off")]
    [InlineData("/charts/2")]
    [InlineData("/violations")]
    [InlineData("/violations?state=acknowledged")]
    [InlineData("/violations/first")]
    [InlineData("/alerts")]
    [InlineData("/alerts?add=webhook")]
    [InlineData("/alerts?add=slack")]
    [InlineData("/alerts?add=smtp")]
    [InlineData("/compare")]
    [InlineData("/compare?chart=1")]
    [InlineData("/compare?chart=1&window=24h")]
    [InlineData("/judge")]
    public async Task A_page_passes_axe_in_light_and_dark_fits_320_pixels_and_complains_of_nothing(string path)
    {
        await using var screen = await browser.OpenAsync(filled.Host, path.Replace("first", filled.Violation, StringComparison.Ordinal));
        await screen.LiveAsync();

        await AssertGoodAsync(screen);
        Assert.Empty(screen.Complaints);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/charts/999999")]
    public async Task A_page_that_is_not_there_is_as_good(string path)
    {
        await using var screen = await browser.OpenAsync(filled.Host, path);
        await screen.SeesAsync("h1", "There is nothing here");

        await AssertGoodAsync(screen);
        Assert.All(screen.Complaints, complaint => Assert.Contains("404", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_overview_is_as_good()
    {
        await using var host = await QuietHost.StartAsync();
        await using var screen = await (await browser.OpenAsync(host)).LiveAsync();

        await AssertGoodAsync(screen);
        Assert.Empty(screen.Complaints);
    }

    private static async Task AssertGoodAsync(Screen screen)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await screen.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await Axe.FaultsAsync(screen.Page));
        }

        await screen.Page.SetViewportSizeAsync(320, 640);
        await screen.Page.WaitForFunctionAsync("document.documentElement.scrollWidth <= 320");
    }
}

/// <summary>A service that has something for every page: charts that are in control, out of it and beginning, a violation, a receiver.</summary>
public sealed class FilledHost : IAsyncLifetime
{
    public ServiceHost Host { get; private set; } = null!;

    public string Violation { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Host = await QuietHost.StartAsync();
        await Host.SendAsync("duration", [.. Enumerable.Range(0, 124).Select(i => 1 + (0.1 * (i * 7 % 5))), 9], "a-model-with-quite-a-long-name-2026-01-31-preview-instruct");
        await Host.SendAsync("time_to_first_token", [0.4, 0.5], "gpt-4o");
        await Host.PostAsync("/api/v1/receivers", """{"name":"on call","kind":"webhook","enabled":false,"settings":{"url":"http://127.0.0.1:1/a-path-that-is-long-enough-to-be-wider-than-a-telephone"}}""");
        Violation = (await Host.AskAsync<Guid>("SELECT id FROM violations LIMIT 1")).ToString();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
