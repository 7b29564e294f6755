using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class DetectionTests(Chromium browser, QuietHost shared) : IClassFixture<QuietHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Ticking_a_budget_or_a_rule_tells_at_once_what_it_costs_and_saving_changes_the_plan()
    {
        await using var screen = await OpenAsync();
        await screen.SeesAsync("[data-facts]", "Provisional limits from 100 points");
        await screen.SeesAsync("[data-false-alarms]", "a week");
        await screen.SeesAsync(".detection", "normal: one false alarm a week");
        await screen.Page.GetByText("Change the plan").ClickAsync();

        await screen.Page.GetByLabel("Budget: how many").SelectOptionAsync("sensitive");
        await screen.SeesAsync("[data-what-if]", "With this:");
        var first = await screen.Find("[data-what-if]").InnerTextAsync();
        await screen.Page.GetByRole(AriaRole.Checkbox, new() { Name = "CUSUM" }).UncheckAsync();
        await Assertions.Expect(screen.Find("[data-what-if]")).Not.ToHaveTextAsync(first);
        await screen.SeesAsync("[data-what-if]", "With this:");
        await screen.Button("Save the plan").ClickAsync();

        await screen.SeesAsync(".detection", "sensitive: one false alarm a day");
        await Assertions.Expect(screen.Find("[data-plot=sums]")).ToHaveCountAsync(0);
        Assert.Empty(screen.Complaints);
    }

    [Fact]
    public async Task Without_scripts_the_plan_is_posted_and_what_is_wrong_is_named_beside_its_field()
    {
        await using var screen = await OpenAsync(javaScript: false);
        await screen.Page.GetByText("Change the plan").ClickAsync();
        await screen.Page.GetByLabel("Budget: how many").SelectOptionAsync("own");
        await screen.Page.GetByLabel("Number of my own").FillAsync("5");
        await screen.Page.GetByLabel("After a lasting change").SelectOptionAsync("manual");
        await screen.Page.GetByLabel("and in percent").FillAsync("12.5");
        await screen.Button("Save the plan").ClickAsync();

        await screen.SeesAsync(".detection", "5.00 a week");
        await screen.Page.GetByText("Change the plan").ClickAsync();
        await Assertions.Expect(screen.Page.GetByLabel("and in percent")).ToHaveValueAsync("12.5");
        await Assertions.Expect(screen.Page.GetByLabel("After a lasting change")).ToHaveValueAsync("manual");

        // A number that the browser would refuse, as a program may send it.
        await screen.Find("#alarms").EvaluateAsync("input => { input.type = 'text'; input.value = 'many'; }");
        await screen.Button("Save the plan").ClickAsync();
        await screen.SeesAsync("#budget-problem", "must be quiet, normal, sensitive, classic");
    }

    [Fact]
    public async Task A_proposed_baseline_is_dismissed_and_another_one_accepted()
    {
        var chart = await JudgedAsync();
        await DeployAsync();
        await using var screen = await browser.OpenAsync(_host, $"/charts/{chart}");
        await screen.SeesAsync(".proposal", "Deploy: v2");

        await screen.Button("Dismiss").ClickAsync();
        await Assertions.Expect(screen.Find(".proposal")).ToHaveCountAsync(0);

        await DeployAsync();
        await screen.Page.ReloadAsync();
        await screen.Button("Accept").ClickAsync();
        await screen.SeesAsync("[data-headline] .state", "collecting baseline");
        Assert.Empty(screen.Complaints);
    }

    [Fact]
    public async Task A_new_baseline_has_a_reason_and_a_time_that_has_enough_points()
    {
        await using var screen = await OpenAsync();
        await screen.Page.GetByText("Begin a new baseline", new() { Exact = true }).First.ClickAsync();
        await screen.Page.GetByLabel("Reason").FillAsync("Another GPU");
        await screen.Page.GetByLabel("First point from").FillAsync("2020-01-01T00:00");
        await screen.Page.GetByLabel("up to (UTC)").FillAsync("2020-01-02T00:00");
        await screen.Button("Begin a new baseline").ClickAsync();
        await screen.SeesAsync(".detection [role=alert]", "There are no points in this time.");
        await Assertions.Expect(screen.Page.GetByLabel("Reason")).ToHaveValueAsync("Another GPU");

        await screen.Page.GetByLabel("First point from").FillAsync("");
        await screen.Page.GetByLabel("up to (UTC)").FillAsync("");
        await screen.Button("Begin a new baseline").ClickAsync();
        await screen.SeesAsync("[data-headline] .state", "collecting baseline");
    }

    [Fact]
    public async Task The_detection_is_tested_on_its_own_baseline_and_tells_how_soon_a_shift_is_seen()
    {
        await using var screen = await OpenAsync();
        await screen.Page.GetByRole(AriaRole.Link, new() { Name = "Test the detection" }).ClickAsync();
        await screen.SeesAsync("[data-self-test]", "200,000 points");

        await screen.Page.GetByLabel("Shift of").FillAsync("50 ms");
        await screen.Button("Compute").ClickAsync();
        await screen.SeesAsync(".detection", "by the cumulative sum: after");

        await screen.Page.GetByLabel("Shift of").FillAsync("a lot");
        await screen.Button("Compute").ClickAsync();
        await screen.SeesAsync("#shift-problem", "A shift is a number with a unit");
        Assert.Empty(screen.Complaints);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("ewma")]
    public async Task Limits_and_sums_are_drawn_whether_all_points_share_their_lines_or_each_has_its_own(string predictor)
    {
        var chart = await JudgedAsync();
        var changed = await _host.Client.PutAsync(
            new Uri($"/api/v1/charts/{chart}/plan", UriKind.Relative), new StringContent($$"""{"predictor":"{{predictor}}"}""", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, changed.StatusCode);
        await _host.SendAsync("duration", [.. Values(30)], _model, step: 0.01);
        await using var screen = await browser.OpenAsync(_host, $"/charts/{chart}");

        await Assertions.Expect(screen.Find("[data-plot=values] canvas")).ToBeVisibleAsync();
        await Assertions.Expect(screen.Find("[data-plot=sums] canvas")).ToBeVisibleAsync();
        await screen.SeesAsync("[data-facts]", predictor == "ewma" ? "each point has its own" : "Upper limit (UCL)");
        await screen.Page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await screen.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await Axe.FaultsAsync(screen.Page));
        }

        await screen.Page.SetViewportSizeAsync(390, 800);
        await screen.Page.WaitForFunctionAsync("() => document.documentElement.scrollWidth <= 390");
        Assert.Empty(screen.Complaints);
    }

    private static IEnumerable<double> Values(int count)
    {
        var random = new Random(14);
        return Enumerable.Range(0, count).Select(_ => 1 + (0.3 * random.NextDouble()));
    }

    private async Task<int> JudgedAsync()
    {
        await _host.SendAsync("duration", [.. Values(120)], _model, step: 60);
        return await _host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'");
    }

    private Task<Answer> DeployAsync() => _host.PostAsync("/api/v1/annotations", $$"""{"kind":"deploy","text":"v2","model":"{{_model}}"}""");

    private async Task<Screen> OpenAsync(bool javaScript = true) => await browser.OpenAsync(_host, $"/charts/{await JudgedAsync()}", javaScript);
}
