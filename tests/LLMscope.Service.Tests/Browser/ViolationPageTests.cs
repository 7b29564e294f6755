using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ViolationPageTests(Chromium browser, QuietHost shared) : IClassFixture<QuietHost>
{
    private const int Signalled = 125;

    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_violation_is_shown_with_ten_points_before_and_after_its_limits_and_what_was_not_recorded()
    {
        await ViolateAsync(after: 15);
        await using var screen = await OpenAsync();

        await screen.SeesAsync("h1", "Duration");
        await screen.SeesAsync(".moment", "UCL");
        await screen.SeesAsync(".moment", $"at point {Signalled}");
        await Screen.SeesAsync(screen.Find("[data-change]").First, $"The change began at point {Signalled}");
        await screen.SeesAsync(".moment", "Chance alone makes it at one in");
        Assert.Equal(
            Enumerable.Range(Signalled - 10, 21).Select(number => $"{number}"),
            (await screen.Find(".points-table tbody th").AllInnerTextsAsync()).OrderBy(int.Parse));
        await Assertions.Expect(screen.Find(".points-table [aria-current] th")).ToHaveTextAsync($"{Signalled}");
        await Assertions.Expect(screen.Find("[data-violation-chart] canvas")).ToBeVisibleAsync();
        await Screen.SeesAsync(screen.Find("[aria-label=Telemetry] tbody tr").First, "not recorded");
        Assert.Empty(screen.Complaints);
    }

    [Fact]
    public async Task A_violation_is_acknowledged_and_resolved_with_a_cause_by_the_forms()
    {
        await ViolateAsync();
        await using var screen = await OpenAsync();

        await screen.Button("Acknowledge").ClickAsync();
        await screen.SeesAsync(".headline", "acknowledged");
        await Assertions.Expect(screen.Button("Acknowledge")).ToHaveCountAsync(0);

        await screen.Page.GetByLabel("Cause, as far as it is known").FillAsync("The <b>cache</b> was cold.");
        await screen.Button("Resolve").ClickAsync();
        await screen.SeesAsync(".headline", "resolved");
        await screen.SeesAsync(".moment", "The <b>cache</b> was cold.");

        await screen.GoAsync($"/violations?model={_model}&state=resolved");
        await Assertions.Expect(screen.Find(".violations-table tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(screen.Complaints);
    }

    [Fact]
    public async Task The_list_downloads_what_it_shows_as_CSV_with_a_header()
    {
        await ViolateAsync();
        await using var screen = await OpenAsync();
        var id = screen.Page.Url.Split('/')[^1];
        await screen.GoAsync($"/violations?model={_model}");

        var download = await screen.Page.RunAndWaitForDownloadAsync(() => screen.Page.GetByRole(AriaRole.Link, new() { Name = "Export as CSV" }).ClickAsync());

        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        var lines = (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).TrimEnd().Split("\r\n");
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("id,state,severity,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{id},open,critical,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_violation_appears_in_the_open_list_while_it_is_looked_at()
    {
        await _host.SendAsync("duration", [.. Quiet(110)], _model);
        await using var screen = await (await browser.OpenAsync(_host, $"/violations?model={_model}")).LiveAsync();
        await screen.SeesAsync("[data-violations]", "No violation matches");

        await _host.SendAsync("duration", [9], _model);

        await screen.SeesAsync("[data-violations] tbody tr", "critical");
    }

    private static IEnumerable<double> Quiet(int points)
    {
        var random = new Random(15);
        return Enumerable.Range(0, points).Select(_ => 1 + (0.4 * random.NextDouble()));
    }

    private Task ViolateAsync(int after = 0) => _host.SendAsync("duration", [.. Quiet(Signalled - 1), 9, .. Quiet(after)], _model);

    private async Task<Screen> OpenAsync()
    {
        var screen = await browser.OpenAsync(_host, $"/violations?model={_model}");
        await screen.Find(".violations-table tbody th a").First.ClickAsync();
        await screen.Page.WaitForURLAsync("**/violations/*-*");
        return screen;
    }
}
