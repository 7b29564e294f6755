using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed partial class OverviewPageTests(Chromium browser)
{
    [Fact]
    public async Task What_an_empty_LLMscope_tells_people_to_send_makes_the_chart_appear_without_a_reload_by_hand()
    {
        await using var host = await QuietHost.StartAsync();
        await using var screen = await browser.OpenAsync(host);
        await screen.SeesAsync("[data-waiting]", "Waiting for the first sample");
        var told = Command().Match(await screen.Find("pre").InnerTextAsync());
        Assert.StartsWith(host.Client.BaseAddress!.ToString(), told.Groups["address"].Value, StringComparison.Ordinal);

        var answer = await host.PostAsync(new Uri(told.Groups["address"].Value).PathAndQuery, told.Groups["body"].Value);

        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.Status);
        await screen.SeesAsync("[data-board] .source h2", "gpt-4o · openai");
        await screen.SeesAsync("[data-board-chart] [data-value]", "412 ms");
        await screen.SeesAsync("[data-board-chart] .state", "collecting baseline");
        await screen.SeesAsync("[data-board-chart] [data-note]", "1 of 100 points");
        Assert.Empty(screen.Complaints);
    }

    [Fact]
    public async Task Who_has_sent_nothing_is_told_how_to_although_the_machine_itself_is_measured_already()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Telemetry:Enabled", "true"));
        await using var screen = await browser.OpenAsync(host);

        await screen.SeesAsync("[data-board]", "Memory used");
        await screen.SeesAsync("[data-waiting]", "Waiting for the first sample");

        await host.SendAsync("duration", [1]);
        await screen.SeesAsync("[data-board]", "gpt-4o");
        await Assertions.Expect(screen.Find("[data-waiting]")).ToHaveCountAsync(0);
        Assert.Empty(screen.Complaints);
    }

    [Fact]
    public async Task The_overview_shows_new_values_and_new_charts_while_it_is_open()
    {
        await using var host = await QuietHost.StartAsync();
        await host.SendAsync("duration", [1, 2]);
        await using var screen = await (await browser.OpenAsync(host)).LiveAsync();

        await host.SendAsync("duration", [3]);
        await screen.SeesAsync("[data-board-chart] [data-value]", "3.00 s");

        await host.SendAsync("duration", [4], "gpt-5");
        await Assertions.Expect(screen.Find("[data-board-chart]")).ToHaveCountAsync(2);
        Assert.Empty(screen.Complaints);
    }

    [GeneratedRegex(@"curl -X POST (?<address>\S+) .* -d '(?<body>[^']+)'", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Command();
}
