using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class JudgePageTests(Chromium browser, QuietHost shared) : IClassFixture<QuietHost>
{
    private readonly ServiceHost _host = shared.Host;

    [Fact]
    public async Task A_pasted_series_with_a_step_is_judged_drawn_and_its_signals_listed_by_the_index_of_the_paste()
    {
        await using var screen = await browser.OpenAsync(_host, "/judge");
        await screen.Page.GetByLabel("Values", new() { Exact = true }).FillAsync(Series());
        await screen.Page.GetByLabel("How many first values").FillAsync("100");
        await screen.Button("Judge").ClickAsync();

        await screen.SeesAsync("[data-summary]", "Out of control");
        await screen.SeesAsync("[data-told=kind]", "individuals");
        await screen.SeesAsync("[data-told=baseline]", "100 values");
        await screen.SeesAsync("[data-told=alarms]", "in 10,000 points");
        await screen.SeesAsync("[data-signals] tr:has-text('R1') >> nth=0", "120");
        await Assertions.Expect(screen.Find("[data-plot=values] canvas")).ToBeVisibleAsync();
        await screen.Find("[data-judged-chart]").FocusAsync();
        await screen.Page.Keyboard.PressAsync("[");
        await screen.SeesAsync("[data-readout]", "Index 129: 9.");
        await AssertGoodAsync(screen);
    }

    [Fact]
    public async Task Given_limits_and_a_budget_are_judged_with_the_numbers_of_the_budget()
    {
        await using var screen = await browser.OpenAsync(_host, "/judge");
        await screen.Page.GetByLabel("Values", new() { Exact = true }).FillAsync("0.1; ;-0.2\n5");
        await screen.Page.GetByLabel("Limits from").SelectOptionAsync("given");
        await screen.Page.GetByLabel("Centre", new() { Exact = true }).FillAsync("0");
        await screen.Page.GetByLabel("Sigma", new() { Exact = true }).FillAsync("1");
        await screen.Page.GetByLabel("Budget of").SelectOptionAsync("normal");
        await screen.Page.GetByLabel("Seconds between").FillAsync("60");
        await screen.Button("Judge").ClickAsync();

        await screen.SeesAsync("[data-told=alarms]", "1.00 a week");
        await screen.SeesAsync("[data-signals]", "R1");
        await screen.SeesAsync("[data-told=limits]", "upper 4.18");
        await AssertGoodAsync(screen);
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_words_whether_the_page_or_the_service_finds_it()
    {
        await using var screen = await browser.OpenAsync(_host, "/judge");
        await screen.Page.GetByLabel("Values", new() { Exact = true }).FillAsync("1, many, 3");
        await screen.Button("Judge").ClickAsync();
        await screen.SeesAsync("[data-problems]", "“many” at index 1 is not a number.");

        await screen.Page.GetByLabel("Values", new() { Exact = true }).FillAsync("1, 2, 3");
        await screen.Page.GetByLabel("Limits from").SelectOptionAsync("given");
        await screen.Page.GetByLabel("Centre", new() { Exact = true }).FillAsync("0");
        await screen.Page.GetByLabel("Sigma", new() { Exact = true }).FillAsync("-1");
        Assert.Empty(screen.Complaints);
        await screen.Button("Judge").ClickAsync();
        await screen.SeesAsync("[data-problems]", "Sigma must be");
        Assert.Empty(await Axe.FaultsAsync(screen.Page));
    }

    [Fact]
    public async Task Run_lengths_are_computed_and_a_mixture_that_is_not_known_is_refused()
    {
        await using var screen = await browser.OpenAsync(_host, "/judge");
        await screen.Page.GetByLabel("Shift, in sigma").FillAsync("1");
        await screen.Button("Compute").ClickAsync();
        await screen.SeesAsync("[data-run-length]", "(ARL): 9.70 points");

        await screen.Page.GetByRole(AriaRole.Checkbox, new() { Name = "EWMA" }).CheckAsync();
        await screen.Button("Compute").ClickAsync();
        await screen.SeesAsync("[data-run-length-problems]", "rules");
        await Assertions.Expect(screen.Find("[data-run-length]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Without_scripts_the_page_says_that_it_needs_them_and_names_the_api()
    {
        await using var screen = await browser.OpenAsync(_host, "/judge", javaScript: false);

        await screen.SeesAsync("#main", "POST /api/v1/judge");
        await Assertions.Expect(screen.Find("[data-judge-form]")).ToBeHiddenAsync();
    }

    // A hundred values of a quiet process and twenty more, then ten that lie far above.
    private static string Series()
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 130).Select(i => (i < 120 ? 5 : 9) + (0.5 * random.NextDouble()));
        return string.Join('\n', values.Select(value => value.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task AssertGoodAsync(Screen screen)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await screen.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await Axe.FaultsAsync(screen.Page));
        }

        await screen.Page.SetViewportSizeAsync(390, 800);
        await screen.Page.WaitForFunctionAsync("document.documentElement.scrollWidth <= 390");
        Assert.Empty(screen.Complaints);
    }
}
