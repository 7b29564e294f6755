using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ChartPageTests(Chromium browser, QuietHost shared) : IClassFixture<QuietHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_baseline_is_collected_frozen_and_left_by_a_shift_before_the_eyes_of_who_looks()
    {
        await SendAsync(Quiet(40));
        await using var screen = await (await OpenAsync()).LiveAsync();
        await screen.SeesAsync("[data-headline] .state", "collecting baseline");
        await screen.SeesAsync(".state-note", "40 of 100 points");
        await screen.SeesAsync("[data-live]", "live");

        await SendAsync(Quiet(70));
        await screen.SeesAsync("[data-headline] .state", "in control");
        await Assertions.Expect(screen.Find(".state-note")).ToHaveCountAsync(0);
        await screen.SeesAsync("[data-facts]", "UCL");

        await SendAsync([9.5]);
        await screen.SeesAsync("[data-headline] [data-value]", "9.50 s");
        await screen.SeesAsync("[data-headline] .state", "out of control");
        await screen.Find("[data-chart]").FocusAsync();
        await screen.PressUntilAsync("[", "[data-readout]", "signals R1 up");
        await screen.SeesAsync("[data-facts] li", "critical");
        await screen.SeesAsync("[data-toasts]", "Violation opened");
        Assert.Empty(screen.Complaints);
    }

    [Fact]
    public async Task A_paused_chart_stands_still_counts_what_arrives_and_shows_it_when_it_goes_on()
    {
        await SendAsync([1, 2]);
        await using var screen = await (await OpenAsync()).LiveAsync();
        await screen.Find("[data-pause]").ClickAsync();

        await SendAsync([3, 4, 5]);
        await screen.SeesAsync("[data-pause]", "Paused - 3 new points");
        await screen.SeesAsync("[data-headline] [data-value]", "2.00 s");
        Assert.Equal("true", await screen.Find("[data-pause]").GetAttributeAsync("aria-pressed"));

        await screen.Find("[data-pause]").ClickAsync();
        await screen.SeesAsync("[data-headline] [data-value]", "5.00 s");
        Assert.Equal("Pause", await screen.Find("[data-pause]").InnerTextAsync());
    }

    [Fact]
    public async Task The_pause_button_is_reached_by_tab_and_pressed_by_space()
    {
        await SendAsync([1, 2]);
        await using var screen = await (await OpenAsync()).LiveAsync();
        var isPause = false;

        for (var stops = 0; stops < 40 && !isPause; stops++)
        {
            await screen.Page.Keyboard.PressAsync("Tab");
            isPause = await screen.Page.EvaluateAsync<bool>("document.activeElement.matches('[data-pause]')");
        }

        Assert.True(isPause);
        foreach (var pressed in new[] { "true", "false" })
        {
            await screen.Page.Keyboard.PressAsync("Space");
            await Assertions.Expect(screen.Find("[data-pause]")).ToHaveAttributeAsync("aria-pressed", pressed);
        }
    }

    [Theory]
    [InlineData("1h", 1)]
    [InlineData("6h", 3)]
    [InlineData("24h", 5)]
    [InlineData("7d", 7)]
    public async Task A_window_is_an_address_that_shows_the_points_of_its_time(string window, int points)
    {
        var now = TimeProvider.System.GetUtcNow();
        int[] hours = [150, 100, 20, 10, 5, 2, 0];
        foreach (var ago in hours)
            await SendAtAsync(now.AddHours(-ago).AddMinutes(-1));
        await using var screen = await OpenAsync();

        await screen.Page.GetByRole(AriaRole.Link, new() { Name = window, Exact = true }).ClickAsync();

        await Assertions.Expect(screen.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"\\?window={window}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)));
        await Assertions.Expect(screen.Find(".windows [aria-current]")).ToHaveTextAsync(window);
        await Assertions.Expect(screen.Find(".points-table tbody tr")).ToHaveCountAsync(points);
        await Assertions.Expect(screen.Find("[data-plot=values] canvas")).ToBeVisibleAsync();
        Assert.Empty(screen.Complaints);
    }

    [Fact]
    public async Task No_data_is_a_word_in_grey_and_never_in_control()
    {
        await SendAtAsync(TimeProvider.System.GetUtcNow().AddDays(-2));
        await using var screen = await OpenAsync("?window=7d");

        await screen.SeesAsync("[data-headline] .state", "no data");
        await screen.SeesAsync(".state-note", "neither in control nor out of it");
        var (shown, muted) = (await ColourAsync(screen, "[data-headline] .word"), await ColourAsync(screen, ".subtitle"));
        Assert.Equal(muted, shown);
    }

    private static Task<string> ColourAsync(Screen screen, string selector) => screen.Find(selector).EvaluateAsync<string>("place => getComputedStyle(place).color");

    private static double[] Quiet(int points)
    {
        var random = new Random(points);
        return [.. Enumerable.Range(0, points).Select(_ => 1 + (random.NextDouble() / 5))];
    }

    private Task SendAsync(double[] values) => _host.SendAsync("duration", values, _model, step: 0.001);

    private async Task SendAtAsync(DateTimeOffset time)
    {
        var answer = await _host.PostAsync("/api/v1/samples", $$"""{"time":"{{time:O}}","model":"{{_model}}","characteristic":"duration","value":1}""");
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.Status);
        await _host.JudgedAsync();
    }

    private async Task<Screen> OpenAsync(string query = "")
    {
        var chart = await _host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'");
        return await browser.OpenAsync(_host, $"/charts/{chart}{query}");
    }
}
