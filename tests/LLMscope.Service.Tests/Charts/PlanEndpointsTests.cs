using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Charts;

public sealed class PlanEndpointsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_chart_tells_its_choices_its_detection_and_the_model_of_its_baseline()
    {
        var chart = (await _host.GetAsync($"/api/v1/charts/{await JudgedAsync()}")).Json;

        Assert.Equal(("auto", "auto", "normal", "propose"), (Choice(chart, "transform"), Choice(chart, "predictor"), Choice(chart, "budget"), Choice(chart, "rebaselining")));
        Assert.Contains("CUSUM", Words(chart["choices"]!["allowedRules"]!));
        Assert.Equal(["R1", "R2", "R5", "R6", "CUSUM", "Level"], Words(chart["detection"]!["alerting"]!));
        Assert.Equal(["R3", "R4", "R7", "R8"], Words(chart["detection"]!["diagnosing"]!));
        Assert.True(chart["detection"]!["parameters"]!["k1"]!.GetValue<double>() > 3);
        Assert.True(chart["detection"]!["cusum"]!["h"]!.GetValue<double>() > 3);

        var baseline = chart["baselines"]![0]!;
        Assert.False(baseline["confirmed"]!.GetValue<bool>());
        Assert.Equal(64, baseline["hash"]!.GetValue<string>().Length);
        Assert.Equal(("log", "constant"), (Text(baseline["model"]!, "transform"), Text(baseline["model"]!, "limits")));
        Assert.NotEmpty(Text(baseline["model"]!, "predictor"));
    }

    [Fact]
    public async Task Any_part_of_a_plan_is_changed_and_the_rest_stays()
    {
        var chart = await JudgedAsync();

        var changed = await PutAsync(chart, """{"budget":{"falseAlarms":2,"per":"day"},"rules":["R1","CUSUM"],"effect":{"relative":0.1},"rebaselining":"manual"}""");

        Assert.Equal(HttpStatusCode.OK, changed.Status);
        var choices = changed.Json["choices"]!;
        Assert.Equal((2, "day"), (choices["budget"]!["falseAlarms"]!.GetValue<double>(), Text(choices["budget"]!, "per")));
        Assert.Equal((0, 0.1), (choices["effect"]!["absolute"]!.GetValue<double>(), choices["effect"]!["relative"]!.GetValue<double>()));
        Assert.Equal("manual", Text(choices, "rebaselining"));
        Assert.Equal("auto", Text(choices, "predictor"));
        Assert.Equal(["R1", "CUSUM"], Words(changed.Json["detection"]!["alerting"]!));
        Assert.Single(changed.Json["baselines"]!.AsArray());
    }

    [Fact]
    public async Task Other_limits_are_estimated_at_once_from_the_points_of_the_baseline()
    {
        var changed = (await PutAsync(await JudgedAsync(), """{"transform":"none"}""")).Json;

        Assert.Equal([1, 2], changed["baselines"]!.AsArray().Select(baseline => baseline!["version"]!.GetValue<int>()));
        Assert.Equal("none", Choice(changed, "transform"));
        Assert.Contains("another plan", Text(changed["baselines"]![1]!, "reason"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"transform":"sqrt"}""", "transform", "auto, none, log, scores")]
    [InlineData("""{"predictor":"oracle"}""", "predictor", "timeOfDay")]
    [InlineData("""{"kind":"proportion"}""", "kind", "individuals, record")]
    [InlineData("""{"budget":"loud"}""", "budget", "quiet, normal, sensitive, classic")]
    [InlineData("""{"budget":{"falseAlarms":-1,"per":"day"}}""", "budget", "quiet")]
    [InlineData("""{"rules":["R1","R9"]}""", "rules", "R9")]
    [InlineData("""{"rules":["EWMA"]}""", "rules", "CUSUM")]
    [InlineData("""{"effect":{"absolute":-1}}""", "effect.absolute", "0 or more")]
    [InlineData("""{"effect":{"relative":-1}}""", "effect.relative", "0 or more")]
    [InlineData("""{"rebaselining":"never"}""", "rebaselining", "propose, manual, automatic")]
    [InlineData("""{"subgroupSeconds":-1}""", "subgroupSeconds", "from 1 to 86400")]
    [InlineData("""{"sigmaFloor":-1}""", "sigmaFloor", "0 or more")]
    public async Task What_is_wrong_is_named_with_what_is_allowed(string body, string field, string allowed)
    {
        var refused = await PutAsync(await JudgedAsync(), body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("application/problem+json", refused.Message.Content.Headers.ContentType!.MediaType);
        Assert.Contains(allowed, Assert.Single(refused.Json["errors"]![field]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"colour":"red"}""")]
    [InlineData("""{"rules":"R1"}""")]
    [InlineData("""{"budget":7}""")]
    public async Task A_field_that_does_not_exist_or_is_of_another_type_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(await JudgedAsync(), body)).Status);

    [Fact]
    public async Task A_baseline_is_frozen_of_the_points_of_a_time()
    {
        var chart = await JudgedAsync();
        var times = (await _host.GetAsync($"/api/v1/charts/{chart}/points")).Json["points"]!.AsArray().Select(point => Text(point!, "time")).ToArray();

        var frozen = await PostAsync(chart, "baselines", $$"""{"from":"{{times[15]}}","to":"{{times[118]}}","reason":"The cache is warm.","by":"Ada"}""");

        Assert.Equal(HttpStatusCode.OK, frozen.Status);
        var baseline = frozen.Json["baselines"]!.AsArray()[^1]!;
        Assert.Equal((16, 118, "Ada", "The cache is warm."), (baseline["firstNumber"]!.GetValue<int>(), baseline["lastNumber"]!.GetValue<int>(), Text(baseline, "frozenBy"), Text(baseline, "reason")));
    }

    [Fact]
    public async Task Without_a_time_a_baseline_is_collected_anew_with_its_reason_on_the_chart()
    {
        var chart = await JudgedAsync();

        var collecting = await PostAsync(chart, "baselines", """{"reason":"Another GPU","by":"Ada"}""");

        Assert.Equal("collectingBaseline", Text(collecting.Json, "state"));
        var notes = (await _host.GetAsync($"/api/v1/charts/{chart}/points")).Json["annotations"]!.AsArray();
        Assert.Contains(notes, note => Text(note!, "text").Contains("Another GPU", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"reason":" "}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"reason":"a","from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"reason":"a","from":"0001-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"reason":"a","from":"2000-01-01T00:00:00Z","to":"2000-01-02T00:00:00Z"}""", HttpStatusCode.Conflict)]
    public async Task A_baseline_that_cannot_be_is_refused(string body, HttpStatusCode status) =>
        Assert.Equal(status, (await PostAsync(await JudgedAsync(), "baselines", body)).Status);

    [Fact]
    public async Task A_deploy_proposes_a_baseline_that_is_dismissed_or_accepted()
    {
        var chart = await JudgedAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(chart, "proposal/accept", "{}")).Status);

        await DeployAsync();
        var proposal = (await _host.GetAsync($"/api/v1/charts/{chart}")).Json["proposal"]!;
        Assert.Equal(("Deploy: v2", 121), (Text(proposal, "reason"), proposal["fromNumber"]!.GetValue<int>()));
        var dismissed = await PostAsync(chart, "proposal/dismiss", "{}");
        Assert.Equal((HttpStatusCode.OK, null), (dismissed.Status, dismissed.Json["proposal"]));

        await DeployAsync();
        Assert.Equal("collectingBaseline", Text((await PostAsync(chart, "proposal/accept", """{"by":"Ada"}""")).Json, "state"));
    }

    [Fact]
    public async Task A_chart_that_is_not_there_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(999_999, "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(999_999, "baselines", """{"reason":"a"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(999_999, "proposal/accept", "{}")).Status);
        foreach (var question in new[] { "expected-false-alarms", "self-test", "detection-delay?shift=1sd", "comparison?at=2026-01-01T00:00:00Z" })
            Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync($"/api/v1/charts/999999/{question}")).Status);
    }

    private async Task<int> JudgedAsync()
    {
        var random = new Random(11);
        await _host.SendAsync("duration", [.. Enumerable.Range(0, 120).Select(_ => 1 + (0.3 * random.NextDouble()))], _model);
        return await _host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'");
    }

    private async Task DeployAsync() =>
        Assert.Equal(HttpStatusCode.Created, (await _host.PostAsync("/api/v1/annotations", $$"""{"kind":"deploy","text":"v2","model":"{{_model}}"}""")).Status);

    private async Task<Answer> PutAsync(int chart, string body) =>
        await Answer.OfAsync(await _host.Client.PutAsync(new Uri($"/api/v1/charts/{chart}/plan", UriKind.Relative), JsonContent.Create(JsonNode.Parse(body)), TestContext.Current.CancellationToken));

    private Task<Answer> PostAsync(int chart, string action, string body) => _host.PostAsync($"/api/v1/charts/{chart}/{action}", body);

    private static string Choice(JsonNode chart, string choice) => Text(chart["choices"]!, choice);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static IEnumerable<string> Words(JsonNode list) => list.AsArray().Select(word => word!.GetValue<string>());
}
