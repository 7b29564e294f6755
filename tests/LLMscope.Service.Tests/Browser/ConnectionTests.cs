using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ConnectionTests(Chromium browser)
{
    private const string Hub = "**/hubs/live**";

    [Fact]
    public async Task A_page_whose_service_ends_says_that_it_is_disconnected_and_keeps_what_it_shows()
    {
        await using var host = await QuietHost.StartAsync();
        await host.SendAsync("duration", [1, 2], step: 0.01);
        await using var screen = await (await browser.OpenAsync(host, "/charts/1")).LiveAsync();

        await host.StopAsync();

        await Screen.SeesAsync(screen.Connection, "disconnected");
        await screen.SeesAsync("[data-live]", "disconnected");
        await screen.SeesAsync("[data-headline] [data-value]", "2.00 s");
    }

    [Fact]
    public async Task What_was_missed_while_the_connection_was_cut_is_there_after_it_is_back()
    {
        await using var host = await QuietHost.StartAsync();
        await host.SendAsync("duration", [1, 2], step: 0.01);
        await using var screen = await browser.OpenAsync(host);
        var cut = new TaskCompletionSource<IWebSocketRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await screen.Page.RouteWebSocketAsync(Hub, socket =>
        {
            socket.ConnectToServer();
            cut.TrySetResult(socket);
        });
        await screen.GoAsync("/charts/1");
        await screen.LiveAsync();

        await screen.Page.RouteAsync(Hub, route => route.AbortAsync());
        await (await cut.Task).CloseAsync();
        await Screen.SeesAsync(screen.Connection, "disconnected");
        await host.SendAsync("duration", [3, 4, 5], step: 0.01);
        await screen.Page.UnrouteAsync(Hub);

        await Screen.SeesAsync(screen.Connection, "live");
        await screen.SeesAsync("[data-headline] [data-value]", "5.00 s");
        await screen.Find("[data-chart]").FocusAsync();
        foreach (var number in new[] { 5, 4, 3, 2, 1 })
        {
            await screen.Page.Keyboard.PressAsync("ArrowLeft");
            await screen.SeesAsync("[data-readout]", $"Point {number}");
        }
    }
}
