using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ComparePageTests(Chromium browser, ComparedHost compared) : IClassFixture<ComparedHost>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_the_annotation_of_a_deploy_the_time_before_it_is_compared_with_the_time_since(bool scripts)
    {
        await using var screen = await browser.OpenAsync(compared.Host, $"/violations/{compared.Violation}", scripts);
        await screen.Find("a:has-text('Compare before and after')").First.ClickAsync();

        await screen.SeesAsync("[data-verdict]", "Worse");
        await screen.SeesAsync("[data-sentence]", "Median rose from");
        await screen.SeesAsync(".compared tr:has-text('Median')", "+3");
        await screen.SeesAsync(".compared tr:has-text('Errors')", "points");
        await screen.SeesAsync("[data-delta]", "large");
        Assert.Equal(2, await screen.Find(".distribution-plot path").CountAsync());
        Assert.Equal(4, await screen.Find(".distribution-plot circle").CountAsync());
        if (scripts)
            await AssertGoodAsync(screen);
    }

    [Fact]
    public async Task From_the_page_of_a_chart_its_window_is_compared_and_the_address_holds_the_whole_choice()
    {
        await using var screen = await browser.OpenAsync(compared.Host, $"/charts/{compared.Chart}?window=6h");
        await screen.Find("a:has-text('Compare this window')").ClickAsync();
        await screen.SeesAsync("[data-verdict]", "Undecided"); // There is nothing before.
        await screen.SeesAsync("#main", "Too few values");

        await screen.Page.GetByLabel("Chart").Last.SelectOptionAsync(new SelectOptionValue { Label = "Duration of a-steady-model" });
        foreach (var side in new[] { "before", "after" })
        {
            await screen.Find($"input[name={side}From]").FillAsync(Time(-310));
            await screen.Find($"input[name={side}To]").FillAsync(Time(-125));
        }

        await screen.Button("Compare").ClickAsync();
        await screen.SeesAsync("[data-verdict]", "No change of the values that matters");
        Assert.Contains($"with={compared.Steady}", screen.Page.Url, StringComparison.Ordinal);

        var sentence = await screen.Find("[data-sentence]").InnerTextAsync();
        await using var another = await browser.OpenAsync(compared.Host, new Uri(screen.Page.Url).PathAndQuery);
        Assert.Equal(sentence, await another.Find("[data-sentence]").InnerTextAsync());

        await screen.Find("a:has-text('Swap')").ClickAsync();
        await screen.SeesAsync("[data-verdict]", "No change of the values that matters");
        Assert.Contains($"chart={compared.Steady}", screen.Page.Url, StringComparison.Ordinal);
        await AssertGoodAsync(screen);
    }

    [Fact]
    public async Task Shares_are_read_from_the_drawing_by_arrow_keys()
    {
        await using var screen = await browser.OpenAsync(compared.Host, $"/compare?chart={compared.Chart}&at={compared.Deploy.UtcDateTime:O}");
        await screen.Find("[data-distribution]").FocusAsync();
        await screen.Page.Keyboard.PressAsync("ArrowRight");

        await screen.SeesAsync("[data-distribution] [data-readout]", "At or below 1.");
        await screen.SeesAsync("[data-distribution] [data-readout]", "% of before, ");
    }

    [Fact]
    public async Task What_cannot_be_compared_is_said_in_words()
    {
        await using var screen = await browser.OpenAsync(
            compared.Host, $"/compare?chart={compared.Chart}&with=999999&beforeFrom=2026-02-01&beforeTo=2026-01-01&afterFrom=yesterday");

        await screen.SeesAsync("[role=alert]", "There is no chart 999999.");
        await screen.SeesAsync("[role=alert]", "“yesterday” is not a time");
        await screen.SeesAsync("[role=alert]", "The time before must begin before it ends.");
        await AssertGoodAsync(screen);
    }

    private static string Time(int minutes) => TimeProvider.System.GetUtcNow().AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task AssertGoodAsync(Screen screen)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await screen.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await Axe.FaultsAsync(screen.Page));
        }

        await screen.Page.SetViewportSizeAsync(320, 800);
        await screen.Page.WaitForFunctionAsync("document.documentElement.scrollWidth <= 320");
        Assert.Empty(screen.Complaints);
    }
}

/// <summary>A host with a model that became slower and failed more often with a deploy two hours ago, and one that did not.</summary>
public sealed class ComparedHost : IAsyncLifetime
{
    public ServiceHost Host { get; private set; } = null!;

    public int Chart { get; private set; }

    public int Steady { get; private set; }

    public Guid Violation { get; private set; }

    public DateTimeOffset Deploy { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Host = await QuietHost.StartAsync();
        Deploy = TimeProvider.System.GetUtcNow().AddMinutes(-120.5);
        var random = new Random(12);
        double Duration(double typical) => typical * Math.Exp(0.08 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
        await CallsAsync("a-model", [.. Enumerable.Range(0, 320).Select(i => (Duration(i < 200 ? 1.2 : 1.6), Fails: random.NextDouble() < (i < 200 ? 0.01 : 0.08)))]);
        await CallsAsync("a-steady-model", [.. Enumerable.Range(0, 320).Select(_ => (Duration(1.2), Fails: false))]);
        await Host.PostAsync("/api/v1/annotations", $$"""{"time":"{{Deploy:O}}","kind":"deploy","text":"version 2 of the shop","model":"a-model"}""");
        (Chart, Steady) = (await ChartAsync("a-model"), await ChartAsync("a-steady-model"));
        Violation = await Host.AskAsync<Guid>($"SELECT id FROM violations WHERE chart_id = {Chart} AND opened_at > '{Deploy:O}' ORDER BY opened_at LIMIT 1");
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private Task<int> ChartAsync(string model) =>
        Host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{model}' AND s.characteristic = 'duration'");

    // A call a minute up to now.
    private async Task CallsAsync(string model, (double Duration, bool Fails)[] calls)
    {
        var now = TimeProvider.System.GetUtcNow();
        var items = calls.Select((call, i) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"time":"{{now.AddMinutes(i - calls.Length):O}}","model":"{{model}}","durationMs":{{1000 * call.Duration:R}},"status":"{{(call.Fails ? "error" : "ok")}}"}"""));
        await Host.PostAsync("/api/v1/calls", $$"""{"calls":[{{string.Join(',', items)}}]}""");
        await Host.JudgedAsync();
    }
}
