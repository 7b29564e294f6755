using System.Net;
using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Charts;

public sealed class JointChartTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static readonly DateTime Begin = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddHours(-4);

    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_joint_chart_is_begun_judged_explained_exported_and_removed()
    {
        await SendAsync(0, 1);
        var begun = await _host.PostAsync("/api/v1/joint-charts", $$"""{"chartId":{{await ChartAsync()}},"characteristics":["duration","time_to_first_token","tokens_per_second"],"budget":"sensitive"}""");
        Assert.Equal(HttpStatusCode.Created, begun.Status);
        var id = begun.Json["id"]!.GetValue<int>();
        Assert.Equal(("hotellingT2", "empty", "joint:duration+time_to_first_token+tokens_per_second"), (Text(begun.Json["kind"]), Text(begun.Json["state"]), Text(begun.Json["characteristic"])));
        Assert.EndsWith($"/api/v1/charts/{id}", begun.Message.Headers.Location!.ToString(), StringComparison.Ordinal);

        await SendAsync(1, 130);
        await SendAsync(130, 140, apart: 0.4);

        var chart = (await _host.GetAsync($"/api/v1/charts/{id}")).Json;
        Assert.Equal("outOfControl", await StateAsync(id));
        Assert.Equal(["duration", "time_to_first_token", "tokens_per_second"], chart["together"]!.AsArray().Select(Text));
        Assert.Equal(3, chart["baselines"]![0]!["joint"]!["mean"]!.AsArray().Count);
        var limit = chart["detection"]!["joint"]!["limit"]!.GetValue<double>();
        Assert.Equal(1, chart["detection"]!["joint"]!["lambda"]!.GetValue<double>());

        var window = (await _host.GetAsync($"/api/v1/charts/{id}/points?from={Begin:O}&to={Begin.AddHours(3):O}")).Json["points"]!.AsArray();
        Assert.All(window.Take(100), point => Assert.Null(point!["value"]));
        Assert.All(window.Take(100), point => Assert.Equal(3, point!["joint"]!["values"]!.AsArray().Count));
        Assert.All(window.Skip(100), point => Assert.Equal(limit, point!["upper"]!.GetValue<double>()));
        Assert.All(window.Skip(100), point => Assert.Equal(3, point!["joint"]!["contributions"]!.AsArray().Count));

        var violation = (await _host.GetAsync($"/api/v1/violations?chart={id}")).Json["violations"]!.AsArray().Single()!;
        var whole = (await _host.GetAsync($"/api/v1/violations/{violation["id"]}")).Json;
        Assert.Contains("time to first token", Text(whole["parts"]), StringComparison.Ordinal);
        Assert.Equal("T2 beyond its limit", Text(whole["ruleTexts"]![0]!["title"]));
        Assert.Equal("{T2}", Text(whole["unit"]));
        var csv = await _host.GetAsync($"/api/v1/violations.csv?chart={id}");
        Assert.Contains("joint:duration+time_to_first_token+tokens_per_second", csv.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/api/v1/charts")).Status);
        Assert.Contains("joint:duration", (await _host.GetAsync("/metrics")).Body, StringComparison.Ordinal);

        using var removed = await _host.Client.DeleteAsync(new Uri($"/api/v1/joint-charts/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync($"/api/v1/charts/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync($"/api/v1/violations/{violation["id"]}")).Status);
        Assert.Equal(0L, await _host.AskAsync<long>($"SELECT count(*) FROM points WHERE chart_id = {id}"));
    }

    [Fact]
    public async Task A_plan_changes_kind_budget_and_interval_and_nothing_that_has_no_meaning()
    {
        await SendAsync(0, 1);
        var begun = await _host.PostAsync("/api/v1/joint-charts", $$"""{"chartId":{{await ChartAsync()}},"characteristics":["duration","time_to_first_token"],"lambda":0.2,"subgroupSeconds":120}""");
        var id = begun.Json["id"]!.GetValue<int>();

        var mewma = await PutAsync($"/api/v1/charts/{id}/plan", """{"kind":"mewma","budget":"quiet","subgroupSeconds":60}""");
        Assert.Equal((HttpStatusCode.OK, "mewma", 60.0), (mewma.Status, Text(mewma.Json["kind"]), mewma.Json["subgroupSeconds"]!.GetValue<double>()));
        var refused = await PutAsync($"/api/v1/charts/{id}/plan", """{"rules":["R2"],"subgroupSeconds":0}""");
        Assert.Equal(["rules", "subgroupSeconds"], refused.Json["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync($"/api/v1/charts/{id}/plan", """{"kind":"individuals"}""")).Status);
        var single = await PutAsync($"/api/v1/charts/{await ChartAsync()}/plan", """{"kind":"hotellingT2"}""");
        Assert.Equal(HttpStatusCode.BadRequest, single.Status);
    }

    [Theory]
    [InlineData("""["duration"]""", "", "characteristics")]
    [InlineData("""["duration","duration"]""", "", "characteristics")]
    [InlineData("""["duration","error"]""", "", "characteristics")]
    [InlineData("""["duration","nobody_measures_this"]""", "", "characteristics")]
    [InlineData("""["duration","time_to_first_token"]""", ""","kind":"individuals","budget":"cheap","lambda":2,"subgroupSeconds":0.5,"name":"a+b" """, "budget,kind,lambda,name,subgroupSeconds")]
    public async Task What_is_wrong_is_named_with_what_is_allowed(string characteristics, string more, string fields)
    {
        await SendAsync(0, 1);
        await _host.SendAsync("error", [0], _model);

        var answer = await _host.PostAsync("/api/v1/joint-charts", $$"""{"chartId":{{await ChartAsync()}},"characteristics":{{characteristics}}{{more}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(fields, string.Join(',', answer.Json["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task The_same_characteristics_again_need_a_name_and_no_chart_has_no_source()
    {
        await SendAsync(0, 1);
        var body = $$"""{"chartId":{{await ChartAsync()}},"characteristics":["duration","tokens_per_second"]""";
        Assert.Equal(HttpStatusCode.Created, (await _host.PostAsync("/api/v1/joint-charts", body + "}")).Status);

        Assert.Equal(HttpStatusCode.Conflict, (await _host.PostAsync("/api/v1/joint-charts", body + "}")).Status);
        var named = await _host.PostAsync("/api/v1/joint-charts", body + ""","kind":"mewma","name":"slow drift"}""");
        Assert.Equal((HttpStatusCode.Created, "Together: slow drift"), (named.Status, Text(named.Json["characteristicTitle"])));
        Assert.Equal(HttpStatusCode.NotFound, (await _host.PostAsync("/api/v1/joint-charts", """{"chartId":999999,"characteristics":["duration","cost"]}""")).Status);
        using var removed = await _host.Client.DeleteAsync(new Uri($"/api/v1/joint-charts/{await ChartAsync()}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, removed.StatusCode);
    }

    [Fact]
    public async Task No_sample_can_be_sent_to_a_joint_series()
    {
        var answer = await _host.PostAsync("/api/v1/samples", $$"""{"samples":[{"model":"{{_model}}","characteristic":"joint:duration+cost","value":1}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    private async Task<Answer> PutAsync(string path, string body) => await Answer.OfAsync(await _host.Client.PutAsync(
        new Uri(path, UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken));

    private async Task<int> ChartAsync() =>
        await _host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}' AND s.characteristic = 'duration'");

    // The samples are old, so that the chart has no data by now; what it would be says its open violation.
    private async Task<string> StateAsync(int id) =>
        await _host.AskAsync<long>($"SELECT count(*) FROM violations WHERE chart_id = {id} AND state <> 2") > 0 ? "outOfControl" : "inControl";

    // One call a minute whose duration and first token go together.
    private async Task SendAsync(int from, int to, double apart = 0)
    {
        var samples = new JsonArray();
        for (var minute = from; minute < to; minute++)
        {
            var random = new Random(minute);
            var common = 0.3 * Normal(random);
            Add("duration", Math.Exp(common + (0.05 * Normal(random)) + apart));
            Add("time_to_first_token", 0.3 * Math.Exp(common + (0.05 * Normal(random)) - apart));
            Add("tokens_per_second", 40 * Math.Exp(0.1 * Normal(random)));

            void Add(string characteristic, double value) => samples.Add(
                new JsonObject { ["time"] = Begin.AddMinutes(minute).AddSeconds(7).ToString("O"), ["model"] = _model, ["characteristic"] = characteristic, ["value"] = value });
        }

        var answer = await _host.PostAsync("/api/v1/samples", new JsonObject { ["samples"] = samples }.ToJsonString());
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        await _host.JudgedAsync();
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
