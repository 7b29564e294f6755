using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class AlertsPageTests(Chromium browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_is_added_and_its_test_button_shows_what_it_answers()
    {
        await using var receiver = await SmallHost.StartAsync(_ => { }, app => app.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return http.Response.WriteAsync("short and stout", http.RequestAborted);
        }), Cancellation);
        await using var host = await QuietHost.StartAsync();
        await using var screen = await browser.OpenAsync(host, "/alerts");
        await screen.SeesAsync("section[aria-labelledby=receivers]", "There is no receiver yet");

        await screen.Page.GetByRole(AriaRole.Link, new() { Name = "Webhook" }).ClickAsync();
        await screen.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("on call");
        await screen.Find("#field-url").FillAsync($"{receiver.App.Urls.Single()}/hook");
        await screen.Button("Save").ClickAsync();
        await screen.SeesAsync("section[aria-labelledby=receivers] tbody th", "on call");

        await screen.Button("Send a test message to on call").ClickAsync();

        await screen.SeesAsync("main > [role=status]", "on call answered");
        await screen.SeesAsync("main > [role=status]", "418");
        await screen.SeesAsync("main > [role=status]", "short and stout");
        Assert.Empty(screen.Complaints);
    }
}
