using System.Net;
using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Charts;

public sealed class OutlookEndpointsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task The_normal_budget_keeps_about_one_false_alarm_a_week_and_another_says_what_it_costs()
    {
        var chart = await JudgedAsync();

        var now = (await _host.GetAsync($"/api/v1/charts/{chart}/expected-false-alarms")).Json;
        var whatIf = (await _host.GetAsync($"/api/v1/charts/{chart}/expected-false-alarms?budget=sensitive&rules=R1,CUSUM&per=day")).Json;

        Assert.InRange(Number(now, "now", "falseAlarms", "expected"), 0.7, 1.5);
        Assert.True(Number(now, "now", "falseAlarms", "low") < Number(now, "now", "falseAlarms", "high"));
        Assert.Equal((7 * 1_440.0, 100), (Math.Round(Number(now, "points")), (int)Number(now, "baselinePoints")));
        Assert.InRange(Number(whatIf, "whatIf", "falseAlarms", "expected"), 0.7, 1.5);
        Assert.Equal(["R1", "CUSUM"], whatIf["whatIf"]!["alerting"]!.AsArray().Select(rule => rule!.GetValue<string>()));
        Assert.InRange(Number(whatIf, "now", "falseAlarms", "expected"), 0.7 / 7, 1.5 / 7);
    }

    [Theory]
    [InlineData("budget=loud", "budget")]
    [InlineData("rules=R1,R9", "rules")]
    [InlineData("per=year", "per")]
    public async Task A_question_that_makes_no_sense_is_refused(string query, string field)
    {
        var refused = await _host.GetAsync($"/api/v1/charts/{await JudgedAsync()}/expected-false-alarms?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.Json["errors"]![field]);
    }

    [Fact]
    public async Task A_self_test_counts_violations_on_the_chart_s_own_baseline_beside_the_announced_number()
    {
        var chart = await JudgedAsync();
        await _host.Client.PutAsync(new Uri($"/api/v1/charts/{chart}/plan", UriKind.Relative), new StringContent("""{"budget":"classic","rules":["R1","R2","R5","R6"]}""", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        var test = (await _host.GetAsync($"/api/v1/charts/{chart}/self-test")).Json;

        Assert.True(Number(test, "points") >= 20_000);
        Assert.Equal(100, Number(test, "baselinePoints"));
        Assert.True(Number(test, "counted", "lower") <= Number(test, "counted", "value") && Number(test, "counted", "value") <= Number(test, "counted", "upper"));
        Assert.True(Number(test, "counted", "value") > 0);
        Assert.True(Number(test, "announced", "expected") > 50);
    }

    [Theory]
    [InlineData("300ms")]
    [InlineData("25%25")]
    [InlineData("2sd")]
    [InlineData("0.3")]
    public async Task A_larger_shift_is_seen_sooner(string shift)
    {
        var chart = await JudgedAsync();

        var delay = (await _host.GetAsync($"/api/v1/charts/{chart}/detection-delay?shift={shift}")).Json;
        var small = (await _host.GetAsync($"/api/v1/charts/{chart}/detection-delay?shift=0.2sd")).Json;

        Assert.True(Number(delay, "shifted") > Number(delay, "centre"));
        foreach (var detector in new[] { "rules", "cusum" })
        {
            Assert.True(Number(delay, detector, "points") < Number(small, detector, "points"));
            Assert.Equal(60 * Number(delay, detector, "points"), Number(delay, detector, "seconds"), 0.1);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("0ms")]
    [InlineData("3GiBy")]
    [InlineData("-5s")]
    public async Task A_shift_that_is_none_is_refused(string shift)
    {
        var refused = await _host.GetAsync($"/api/v1/charts/{await JudgedAsync()}/detection-delay?shift={shift}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.Json["errors"]!["shift"]);
    }

    [Fact]
    public async Task A_chart_without_limits_has_nothing_to_compute_from()
    {
        await _host.SendAsync("duration", [1, 2, 3], _model);
        foreach (var question in new[] { "expected-false-alarms", "self-test", "detection-delay?shift=1sd" })
        {
            var refused = await _host.GetAsync($"/api/v1/charts/{await ChartAsync()}/{question}");
            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            Assert.Contains("still being collected", refused.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Before_and_after_a_deploy_are_compared_in_a_sentence_with_a_verdict()
    {
        var random = new Random(12);
        var values = Enumerable.Range(0, 320).Select(i => (i < 200 ? 1 : 1.4) + (0.3 * random.NextDouble())).ToArray();
        await _host.SendAsync("duration", values, _model, step: 60);
        var at = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddMinutes(-120.5).ToString("O"));

        var compared = (await _host.GetAsync($"/api/v1/charts/{await ChartAsync()}/comparison?at={at}")).Json;

        Assert.Contains("medianRose", compared["findings"]!.AsArray().Select(finding => finding!.GetValue<string>()));
        Assert.Matches("^Median rose from 1\\.1\\d s to 1\\.5\\d s", compared["sentence"]!.GetValue<string>());
        Assert.InRange(Number(compared, "median", "ratio", "value"), 1.25, 1.5);
        Assert.Equal("worse", compared["sequential"]!["verdict"]!.GetValue<string>());
        Assert.True(Number(compared, "sequential", "p") < 0.01);
    }

    [Fact]
    public async Task Two_charts_are_compared_and_what_is_not_alike_is_refused()
    {
        var first = await JudgedAsync();
        var other = $"{_model}-other";
        await _host.SendAsync("duration", [.. Values(120)], other, step: 60);
        await _host.SendAsync("cost", [1, 2], other);
        async Task<int> OtherAsync(string characteristic) => await _host.AskAsync<int>(
            $"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{other}' AND s.characteristic = '{characteristic}'");

        var compared = (await _host.GetAsync($"/api/v1/charts/{first}/comparison?with={await OtherAsync("duration")}")).Json;

        Assert.Contains("did not change", compared["sentence"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(compared["sequential"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.GetAsync($"/api/v1/charts/{first}/comparison?with={await OtherAsync("cost")}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.GetAsync($"/api/v1/charts/{first}/comparison")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.GetAsync($"/api/v1/charts/{first}/comparison?at=2100-01-01T00:00:00Z")).Status);
    }

    private static IEnumerable<double> Values(int count)
    {
        var random = new Random(13);
        return Enumerable.Range(0, count).Select(_ => 1 + (0.3 * random.NextDouble()));
    }

    private async Task<int> JudgedAsync()
    {
        await _host.SendAsync("duration", [.. Values(120)], _model, step: 60);
        return await ChartAsync();
    }

    private Task<int> ChartAsync() => _host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'");

    private static double Number(JsonNode node, params string[] path)
    {
        foreach (var name in path)
            node = node[name]!;
        return node.GetValue<double>();
    }
}
