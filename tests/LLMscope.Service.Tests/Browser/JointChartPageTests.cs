using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class JointChartPageTests(Chromium browser, QuietHost shared) : IClassFixture<QuietHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");
    private readonly DateTime _begin = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-150);

    [Fact]
    public async Task A_joint_chart_is_begun_on_the_page_of_a_chart_drawn_explained_and_removed()
    {
        await SendAsync(0, 1);
        await using var screen = await browser.OpenAsync(_host, $"/charts/{await ChartAsync("duration")}");
        await screen.Page.GetByText("Chart several characteristics as one").ClickAsync();
        await screen.Button("Begin the chart").ClickAsync();
        await screen.SeesAsync("[data-joint] [role=alert]", "must be 2 to 8 of");
        await screen.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Time to first token" }).CheckAsync();
        await screen.Button("Begin the chart").ClickAsync();
        await screen.SeesAsync("h1", "Together: duration, time to first token");

        await SendAsync(2, 110);
        await screen.Page.ReloadAsync();
        await screen.SeesAsync("[data-facts]", "Provisional limits from");
        await SendAsync(110, 116, apart: 0.5);
        await screen.GoAsync($"/charts/{await ChartAsync("joint:duration+time_to_first_token")}?window=6h");
        await Assertions.Expect(screen.Find("[data-plot=values] canvas")).ToBeVisibleAsync();
        await screen.SeesAsync("[data-facts]", "T2 up to");
        await screen.SeesAsync("[data-false-alarms]", "normal: one false alarm a week");
        await screen.Find("[data-chart]").FocusAsync();
        await screen.PressUntilAsync("]", "[data-readout]", "sd adds");
        await screen.Page.GetByText("The same points as a table").ClickAsync();
        await screen.SeesAsync(".points-table tr.signalled >> nth=0", "time to first token -");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await screen.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await Axe.FaultsAsync(screen.Page));
        }

        await screen.Find("[data-facts] a[href^='/violations/']").First.ClickAsync();
        await screen.SeesAsync("[data-parts]", "sd");
        await screen.SeesAsync("body", "T2 beyond its limit");
        await screen.Page.GoBackAsync();

        await screen.Page.GetByText("Remove this chart").ClickAsync();
        await screen.Button("Remove the chart").ClickAsync();
        await screen.Page.WaitForURLAsync("**/");
        Assert.Equal(0L, await _host.AskAsync<long>("SELECT count(*) FROM series WHERE characteristic LIKE 'joint:%'"));
        Assert.Empty(screen.Complaints);
    }

    private async Task<int> ChartAsync(string characteristic) =>
        await _host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}' AND s.characteristic = '{characteristic}'");

    private async Task SendAsync(int from, int to, double apart = 0)
    {
        var samples = new JsonArray();
        for (var minute = from; minute < to; minute++)
        {
            var random = new Random(minute);
            var common = random.NextDouble();
            Add("duration", Math.Exp(common + (0.1 * random.NextDouble()) + apart));
            Add("time_to_first_token", 0.3 * Math.Exp(common + (0.1 * random.NextDouble()) - apart));

            void Add(string characteristic, double value) => samples.Add(
                new JsonObject { ["time"] = _begin.AddMinutes(minute).ToString("O"), ["model"] = _model, ["characteristic"] = characteristic, ["value"] = value });
        }

        var answer = await _host.PostAsync("/api/v1/samples", new JsonObject { ["samples"] = samples }.ToJsonString());
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        await _host.JudgedAsync();
    }
}
