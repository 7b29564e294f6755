using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Charts;

public sealed class ChartEndpointsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_chart_tells_its_state_baseline_and_last_point()
    {
        await _host.SendAsync("duration", Wave(105), _model);

        var chart = (await _host.GetAsync($"/api/v1/charts/{await ChartAsync()}")).Json;

        Assert.Equal(("individuals", "log", "s", 105), (Text(chart, "kind"), Text(chart, "transform"), Text(chart, "unit"), chart["last"]!["number"]!.GetValue<int>()));
        Assert.Equal(100, Assert.Single(chart["baselines"]!.AsArray())!["lastNumber"]!.GetValue<int>());
        Assert.Contains(Text(chart, "state"), new[] { "inControl", "outOfControl" });
        Assert.Contains((await _host.GetAsync("/api/v1/charts")).Json["charts"]!.AsArray(), listed => listed!["id"]!.GetValue<int>() == chart["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_window_holds_the_points_from_its_beginning_up_to_its_end()
    {
        await _host.SendAsync("duration", Wave(60), _model, step: 60);
        var chart = await ChartAsync();
        var all = (await _host.GetAsync($"/api/v1/charts/{chart}/points?from={Url(TimeProvider.System.GetUtcNow().AddHours(-2))}")).Json["points"]!.AsArray();
        string Time(int point) => Uri.EscapeDataString(Text(all[point]!, "time"));

        var window = (await _host.GetAsync($"/api/v1/charts/{chart}/points?from={Time(10)}&to={Time(20)}")).Json;

        Assert.Equal(60, all.Count);
        Assert.Equal(Enumerable.Range(11, 10), Numbers(window));
        Assert.Equal(10, window["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Thinning_never_hides_a_signalled_point_nor_an_extreme()
    {
        var random = new Random(94);
        var values = Wave(100).Concat(Enumerable.Range(0, 2_900).Select(_ => random.Next(120) == 0 ? 50 + random.NextDouble() : 1 + (random.NextDouble() / 5))).ToArray();
        await _host.SendAsync("duration", values, _model, step: 0.5);
        var chart = await ChartAsync();
        var from = Url(TimeProvider.System.GetUtcNow().AddHours(-2));
        var whole = (await _host.GetAsync($"/api/v1/charts/{chart}/points?from={from}&most=20000")).Json;
        var signalled = whole["points"]!.AsArray().Where(point => point!["signals"]!.AsArray().Count > 0).Select(point => point!["number"]!.GetValue<int>()).ToHashSet();

        foreach (var most in new[] { 10, 57, 400, 2_999 })
        {
            var thinned = (await _host.GetAsync($"/api/v1/charts/{chart}/points?from={from}&most={most}")).Json;
            var shown = Numbers(thinned);

            Assert.Subset(shown.ToHashSet(), signalled);
            Assert.Contains(1, shown);
            Assert.Contains(3_000, shown);
            Assert.Equal(3_000, thinned["total"]!.GetValue<int>());
            Assert.True(shown.Length <= most + signalled.Count + 3, $"{shown.Length} of {most}");
            Assert.Equal(values.Max(), thinned["points"]!.AsArray().Max(point => point!["value"]!.GetValue<double>()));
            Assert.Equal(shown.Order(), shown);
        }

        Assert.NotEmpty(signalled);
    }

    [Theory]
    [InlineData("?most=9")]
    [InlineData("?most=20001")]
    [InlineData("?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")]
    [InlineData("?from=1990-01-01T00:00:00Z")]
    [InlineData("?to=0001-01-01T00:00:00Z")]
    [InlineData("?from=soon")]
    public async Task A_window_that_makes_no_sense_is_refused(string query)
    {
        await _host.SendAsync("duration", [1], _model);

        Assert.Equal(HttpStatusCode.BadRequest, (await _host.GetAsync($"/api/v1/charts/{await ChartAsync()}/points{query}")).Status);
    }

    [Fact]
    public async Task Annotations_belong_to_all_charts_to_those_of_a_model_or_to_one()
    {
        await _host.SendAsync("duration", [1], _model);
        var chart = await ChartAsync();
        await AnnotateAsync($$"""{"kind":"deploy","text":"mine-{{_model}}","model":"{{_model}}"}""");
        await AnnotateAsync($$"""{"text":"this-{{_model}}","chartId":{{chart}}}""");
        await AnnotateAsync($$"""{"text":"other-{{_model}}","model":"another"}""");

        var shown = (await _host.GetAsync($"/api/v1/charts/{chart}/points")).Json["annotations"]!.AsArray().Select(annotation => Text(annotation!, "text"));
        var listed = (await _host.GetAsync("/api/v1/annotations")).Json["annotations"]!.AsArray().Select(annotation => Text(annotation!, "text"));

        Assert.Equal([$"mine-{_model}", $"this-{_model}"], shown.Where(text => text.EndsWith(_model, StringComparison.Ordinal)).Order());
        Assert.Equal(3, listed.Count(text => text.EndsWith(_model, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"text":""}""")]
    [InlineData("""{"kind":"deploy"}""")]
    [InlineData("""{"text":"a","kind":"party"}""")]
    [InlineData("""{"text":"a","chartId":999999}""")]
    [InlineData("""{"text":"a\u0000"}""")]
    [InlineData("""{"text":"a","model":"\u0000"}""")]
    [InlineData("""{"text":"a","time":"0001-01-01T00:00:00Z"}""")]
    [InlineData("""{"text":7}""")]
    public async Task An_annotation_that_is_wrong_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.PostAsync("/api/v1/annotations", body)).Status);

    private async Task AnnotateAsync(string body) => Assert.Equal(HttpStatusCode.Created, (await _host.PostAsync("/api/v1/annotations", body)).Status);

    private Task<int> ChartAsync() => _host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'");

    private static double[] Wave(int count)
    {
        var random = new Random(95);
        return [.. Enumerable.Range(0, count).Select(_ => 1 + (random.NextDouble() / 5))];
    }

    private static int[] Numbers(JsonNode window) => [.. window["points"]!.AsArray().Select(point => point!["number"]!.GetValue<int>())];

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();

    private static string Url(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));
}
