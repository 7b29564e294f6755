using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Charts;

/// <summary>What is to be expected of charts that have no model of single values: of counts, of what lies between events, of subgroup means.</summary>
public sealed class OutlookOfKindsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const int Calls = 45 * 20;

    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData("proportion", "error", "50%25")]
    [InlineData("proportionPrime", "error", "2sd")]
    [InlineData("unitCount", "error", "1")]
    [InlineData("count", "error", "100%25")]
    [InlineData("rate", "error", "0.05")]
    [InlineData("ratePrime", "error", "2sd")]
    [InlineData("timeBetween", "error", "-50%25")]
    [InlineData("unitsBetween", "error", "-80%25")]
    [InlineData("subgroupMeansS", "duration", "1sd")]
    [InlineData("subgroupMeansR", "duration", "200ms")]
    public async Task Every_judged_kind_tells_its_false_alarms_tests_itself_and_knows_how_soon_it_sees_a_shift(string kind, string characteristic, string shift)
    {
        var chart = await JudgedAsync(kind, characteristic);

        var alarms = (await _host.GetAsync($"/api/v1/charts/{chart}/expected-false-alarms?budget=sensitive")).Json;
        var test = (await _host.GetAsync($"/api/v1/charts/{chart}/self-test")).Json;
        var delay = (await _host.GetAsync($"/api/v1/charts/{chart}/detection-delay?shift={shift}")).Json;
        var page = (await _host.GetAsync($"/charts/{chart}?selftest=yes&shift={shift}")).Body;

        Assert.InRange(Number(alarms, "now", "falseAlarms", "expected"), 0, 8);
        Assert.True(Number(alarms, "now", "falseAlarms", "high") > Number(alarms, "now", "falseAlarms", "low"));
        Assert.True(Number(alarms, "whatIf", "falseAlarms", "expected") > Number(alarms, "now", "falseAlarms", "expected"));
        Assert.True(Number(test, "points") > 0 && Number(test, "baselinePoints") >= 25);
        Assert.True(Number(test, "announced", "expected") >= 0);
        Assert.NotEqual(Number(delay, "centre"), Number(delay, "shifted"));
        Assert.True(Number(delay, "rules", "points") >= 1);
        Assert.Contains("data-false-alarms", page, StringComparison.Ordinal);
        Assert.Contains("data-self-test", page, StringComparison.Ordinal);
        Assert.Contains("data-delay", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proportion")]
    [InlineData("proportionPrime")]
    [InlineData("count")]
    public async Task A_cumulative_sum_of_counts_shares_the_budget_and_is_told_drawn_and_timed(string kind)
    {
        var chart = await JudgedAsync(kind, "error", "R1", "CUSUM");

        var told = (await _host.GetAsync($"/api/v1/charts/{chart}")).Json["detection"]!;
        var alarms = (await _host.GetAsync($"/api/v1/charts/{chart}/expected-false-alarms?rules=R1")).Json;
        var small = (await _host.GetAsync($"/api/v1/charts/{chart}/detection-delay?shift=40%25")).Json;
        var large = (await _host.GetAsync($"/api/v1/charts/{chart}/detection-delay?shift=120%25")).Json;
        var page = (await _host.GetAsync($"/charts/{chart}")).Body;

        Assert.Equal(["R1", "CUSUM"], told["alerting"]!.AsArray().Select(rule => rule!.GetValue<string>()));
        Assert.True(Number(told, "countSum", "rise", "from") > Number(told, "countSum", "fall", "from"));
        Assert.True(Number(told, "countSum", "rise", "to") > Number(told, "countSum", "rise", "from"));
        Assert.InRange(Number(alarms, "now", "falseAlarms", "expected"), 0, 2);
        Assert.Equal(["R1"], alarms["whatIf"]!["alerting"]!.AsArray().Select(rule => rule!.GetValue<string>()));
        Assert.True(Number(large, "cusum", "points") < Number(small, "cusum", "points"));
        Assert.True(Number(small, "cusum", "points") < Number(small, "rules", "points"));
        Assert.Contains("data-plot=\"sums\"", page, StringComparison.Ordinal);
        Assert.Contains("data-count-sum", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_that_only_records_says_so()
    {
        var chart = await JudgedAsync("record", "duration");

        foreach (var question in new[] { "expected-false-alarms", "self-test", "detection-delay?shift=1sd" })
        {
            var refused = await _host.GetAsync($"/api/v1/charts/{chart}/{question}");
            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            Assert.Contains("only records", refused.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-150%25")]
    [InlineData("2")]
    [InlineData("20ms")]
    public async Task A_proportion_that_there_cannot_be_is_refused(string shift)
    {
        var refused = await _host.GetAsync($"/api/v1/charts/{await JudgedAsync("proportion", "error")}/detection-delay?shift={shift}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.Json["errors"]!["shift"]);
    }

    /// <summary>Plans the kind, with points of twenty calls where it has intervals, and sends a call every second.</summary>
    private async Task<int> JudgedAsync(string kind, string characteristic, params string[] rules)
    {
        var begin = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 20 * 20).AddSeconds(-Calls);
        await SendAsync(characteristic, [(begin.AddSeconds(-60), 1)]);
        var chart = await _host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'");
        using var content = new StringContent(
            kind is "timeBetween" or "unitsBetween" or "record" ? $$"""{"kind":"{{kind}}"}""" : $$"""{"kind":"{{kind}}","subgroupSeconds":{{(kind == "subgroupMeansR" ? 10 : 20)}}}""", Encoding.UTF8, "application/json");
        using var planned = await _host.Client.PutAsync(new Uri($"/api/v1/charts/{chart}/plan", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, planned.StatusCode);
        if (rules.Length > 0)
        {
            using var wanted = new StringContent(new JsonObject { ["rules"] = new JsonArray([.. rules.Select(rule => (JsonNode)rule)]) }.ToJsonString(), Encoding.UTF8, "application/json");
            using var ruled = await _host.Client.PutAsync(new Uri($"/api/v1/charts/{chart}/plan", UriKind.Relative), wanted, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, ruled.StatusCode);
        }


        var random = new Random(14);
        await SendAsync(characteristic, Enumerable.Range(0, Calls).Select(call => (
            begin.AddSeconds(call + 0.5), characteristic == "error" ? (random.NextDouble() < 0.15 ? 1 : 0) : 1 + (0.3 * random.NextDouble()))));
        return chart;
    }

    private async Task SendAsync(string characteristic, IEnumerable<(DateTimeOffset Time, double Value)> samples)
    {
        var body = new JsonArray([.. samples.Select(sample => (JsonNode)new JsonObject
        {
            ["time"] = sample.Time,
            ["model"] = _model,
            ["characteristic"] = characteristic,
            ["value"] = sample.Value,
        })]);
        Assert.Equal(HttpStatusCode.Accepted, (await _host.PostAsync("/api/v1/samples", new JsonObject { ["samples"] = body }.ToJsonString())).Status);
        await _host.JudgedAsync();
    }

    private static double Number(JsonNode node, params string[] path)
    {
        foreach (var name in path)
            node = node[name]!;
        return node.GetValue<double>();
    }
}
