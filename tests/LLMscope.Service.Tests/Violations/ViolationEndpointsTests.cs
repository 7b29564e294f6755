using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Violations;

public sealed class ViolationEndpointsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_violation_tells_why_with_ten_points_before_and_after()
    {
        var id = await ViolateAsync(after: 15);

        var violation = (await _host.GetAsync($"/api/v1/violations/{id}")).Json;

        Assert.Equal(("critical", "up", 1e6), (Text(violation, "severity"), Text(violation, "direction"), violation["value"]!.GetValue<double>()));
        Assert.Contains("R1", violation["firstRules"]!.AsArray().Select(rule => rule!.GetValue<string>()));
        Assert.All(violation["ruleTexts"]!.AsArray(), rule => Assert.NotEmpty(Text(rule!, "meaning")));
        var (opened, last) = (violation["openedNumber"]!.GetValue<int>(), violation["lastSignalNumber"]!.GetValue<int>());
        Assert.Equal(Enumerable.Range(opened - 10, last - opened + 21).Where(number => number <= 116), violation["points"]!.AsArray().Select(point => point!["number"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_violation_tells_since_when_how_much_and_how_rare_it_is()
    {
        var random = new Random(5);
        await _host.SendAsync("duration", [.. Enumerable.Range(0, 130).Select(i => (i < 120 ? 1 : 2) + (0.3 * random.NextDouble()))], _model, step: 60);
        var id = (await ListAsync("")).Single();

        var violation = (await _host.GetAsync($"/api/v1/violations/{id}")).Json;

        // A hundred points leave it open how far the tail goes, so it takes two of them.
        var change = violation["change"]!;
        Assert.Equal((121, 122), (change["beganNumber"]!.GetValue<int>(), violation["openedNumber"]!.GetValue<int>()));
        Assert.InRange(change["shift"]!.GetValue<double>(), 0.7, 1.3);
        Assert.InRange(change["shiftPercent"]!.GetValue<double>(), 60, 120);
        Assert.True(change["shiftInterval"]!["lower"]!.GetValue<double>() < change["shiftInterval"]!["upper"]!.GetValue<double>());
        Assert.True(change["percentInterval"]!["value"]!.GetValue<double>() > 20);
        Assert.True(violation["told"]!.GetValue<bool>());
        Assert.True(violation["onceInPoints"]!.GetValue<double>() > 1_000);
        Assert.All(violation["ruleTexts"]!.AsArray().Where(rule => Text(rule!, "rule")[0] == 'R'), rule => Assert.True(rule!["onceInPoints"]!.GetValue<double>() > 10));

        var csv = (await _host.GetAsync($"/api/v1/violations.csv?model={_model}")).Body.Split("\r\n");
        Assert.EndsWith("baseline_id,began_number,began_at,shift,shift_percent,once_in_points,told", csv[0], StringComparison.Ordinal);
        Assert.Matches(@",121,\d{4}-[^,]+Z,[\d.]+,[\d.]+,[\d.E+]+,true$", csv[1]);
    }

    [Fact]
    public async Task The_list_is_filtered_by_model_rule_state_chart_and_time()
    {
        var id = await ViolateAsync(after: 0);
        var opened = DateTimeOffset.Parse(Text((await _host.GetAsync($"/api/v1/violations/{id}")).Json, "openedAt"), CultureInfo.InvariantCulture);
        string At(double seconds) => Uri.EscapeDataString(opened.AddSeconds(seconds).ToString("O", CultureInfo.InvariantCulture));

        Assert.Contains(id, await ListAsync("rule=R1"));
        Assert.Contains(id, await ListAsync("rule=r1,R8&state=open"));
        Assert.DoesNotContain(id, await ListAsync("state=resolved"));
        Assert.DoesNotContain(id, await ListAsync("rule=R8"));
        Assert.Contains(id, await ListAsync($"from={At(0)}"));
        Assert.DoesNotContain(id, await ListAsync($"from={At(0.001)}"));
        Assert.DoesNotContain(id, await ListAsync($"to={At(0)}"));
        Assert.DoesNotContain(id, await ListAsync("chart=999999"));
    }

    [Fact]
    public async Task A_list_that_goes_on_says_so()
    {
        await ViolateAsync(after: 0);
        await ViolateAsync(after: 0, characteristic: "cost");

        var list = (await _host.GetAsync($"/api/v1/violations?model={_model}&most=1")).Json;

        Assert.True(list["more"]!.GetValue<bool>());
        Assert.Single(list["violations"]!.AsArray());
    }

    [Fact]
    public async Task It_is_acknowledged_once_and_resolved_with_its_cause()
    {
        var id = await ViolateAsync(after: 0);

        var first = await _host.PostAsync($"/api/v1/violations/{id}/acknowledge", """{"by":"Ada"}""");
        var second = await _host.PostAsync($"/api/v1/violations/{id}/acknowledge", """{"by":"Bob"}""");
        var resolved = await _host.PostAsync($"/api/v1/violations/{id}/resolve", """{"by":"Cyd","cause":"a deploy,\nrolled back"}""");
        var late = await _host.PostAsync($"/api/v1/violations/{id}/acknowledge", "{}");
        var cause = await _host.PostAsync($"/api/v1/violations/{id}/resolve", """{"by":"Dan","cause":"a cable"}""");

        Assert.Equal(("acknowledged", "Ada", "Ada"), (Text(first.Json, "state"), Text(first.Json, "acknowledgedBy"), Text(second.Json, "acknowledgedBy")));
        Assert.Equal(("resolved", "Cyd", "a deploy,\nrolled back"), (Text(resolved.Json, "state"), Text(resolved.Json, "resolvedBy"), Text(resolved.Json, "cause")));
        Assert.Equal("resolved", Text(late.Json, "state"));
        Assert.Equal(("Cyd", "a cable"), (Text(cause.Json, "resolvedBy"), Text(cause.Json, "cause")));
    }

    [Theory]
    [InlineData("acknowledge", """{"by":"a\u0000b"}""")]
    [InlineData("resolve", """{"cause":"a\u0000b"}""")]
    [InlineData("resolve", """{"by":7}""")]
    [InlineData("resolve", "{")]
    public async Task What_someone_says_is_checked(string what, string body)
    {
        var id = await ViolateAsync(after: 0);

        var answer = await _host.PostAsync($"/api/v1/violations/{id}/{what}", body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.Message.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("acknowledge", "by", 201)]
    [InlineData("resolve", "cause", 2_001)]
    public async Task What_someone_says_is_not_too_long(string what, string field, int length)
    {
        var id = await ViolateAsync(after: 0);

        Assert.Equal(HttpStatusCode.OK, (await _host.PostAsync($"/api/v1/violations/{id}/{what}", $$"""{"{{field}}":"{{new string('a', length - 1)}}"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.PostAsync($"/api/v1/violations/{id}/{what}", $$"""{"{{field}}":"{{new string('a', length)}}"}""")).Status);
    }

    private async Task<string> ViolateAsync(int after, string characteristic = "duration")
    {
        var random = new Random(96);
        double Usual() => 1 + (random.NextDouble() / 5);
        await _host.SendAsync(characteristic, [.. Enumerable.Range(0, 100).Select(_ => Usual()), 1e6, .. Enumerable.Range(0, after).Select(_ => Usual())], _model);
        return Text((await _host.GetAsync($"/api/v1/violations?model={_model}&rule=R1")).Json["violations"]!.AsArray()[0]!, "id");
    }

    private async Task<string[]> ListAsync(string query) =>
        [.. (await _host.GetAsync($"/api/v1/violations?model={_model}&{query}")).Json["violations"]!.AsArray().Select(violation => Text(violation!, "id"))];

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();
}
