using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class DemoTests(Chromium browser)
{
    [Fact]
    public async Task The_demonstration_is_marked_on_every_page_and_one_click_removes_it()
    {
        await using var host = await QuietHost.StartAsync(("LLMscope:Demo", "true"));
        await using var screen = await browser.OpenAsync(host);
        await Screen.SeesAsync(screen.Find("[data-board] .source h2").First, "demo");
        foreach (var path in new[] { "/violations", "/alerts", "/charts/1", "/" })
        {
            await screen.GoAsync(path);
            await screen.SeesAsync("aside.banner", "made by the demonstration");
        }

        await screen.Button("Remove the demo data").ClickAsync();

        await screen.SeesAsync("[data-wait-first-chart] h2", "No measurements yet");
        await Assertions.Expect(screen.Find("aside.banner")).ToHaveCountAsync(0);
        Assert.Equal(0, await host.CountAsync("series"));
        Assert.Empty(screen.Complaints);
    }
}
