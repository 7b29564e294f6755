using System.Net;

namespace LLMscope.Service.Tests.Samples;

public sealed class CallIntakeTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Path = "/api/v1/calls";

    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_call_is_stored_with_the_samples_that_it_yields()
    {
        var answer = await _host.PostAsync(Path, $$"""
            {"model":"{{_model}}","provider":"openai","durationMs":2100,"ttftMs":100,"inputTokens":7,"outputTokens":101,"costUsd":0.25,"streaming":true,"traceId":"abc"}
            """);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(
            "cost=0.25 duration=2.1 error=0 time_per_output_token=0.02 time_to_first_token=0.1 tokens_per_second=48.095",
            await _host.AskAsync<string>($"SELECT string_agg(characteristic || '=' || trim_scale(round(value::numeric, 3)), ' ' ORDER BY characteristic) {Samples}"));
        Assert.Equal(6, await _host.AskAsync<long>($"SELECT count(*) {Samples} AND call_id = (SELECT c.id FROM calls c WHERE c.source_id = o.id)"));
    }

    [Fact]
    public async Task A_failed_call_is_judged_for_errors_alone()
    {
        await _host.PostAsync(Path, $$"""{"model":"{{_model}}","status":"error","errorCategory":"timeout","durationMs":30000}""");

        Assert.Equal("duration:2 error:0", await _host.AskAsync<string>($"SELECT string_agg(characteristic || ':' || standing, ' ' ORDER BY characteristic) {Samples}"));
    }

    [Fact]
    public async Task A_call_with_an_id_is_stored_once_with_all_its_samples()
    {
        var call = $$"""{"id":"{{_model}}","model":"{{_model}}","durationMs":5}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _host.PostAsync(Path, $"[{call},{call}]")));

        Assert.Equal((1, 11), (answers.Sum(answer => answer.Json["accepted"]!.GetValue<int>()), answers.Sum(answer => answer.Json["duplicates"]!.GetValue<int>())));
        Assert.Equal(2, await _host.AskAsync<long>($"SELECT count(*) {Samples}"));
    }

    [Theory]
    [InlineData("""{"model":"m"}""", "durationMs")]
    [InlineData("""{"durationMs":-1}""", "durationMs")]
    [InlineData("""{"durationMs":1e300}""", "durationMs")]
    [InlineData("""{"durationMs":5,"ttftMs":6}""", "ttftMs")]
    [InlineData("""{"durationMs":5,"outputTokens":1.5}""", "outputTokens")]
    [InlineData("""{"durationMs":5,"status":"fine"}""", "status")]
    [InlineData("""{"durationMs":5,"errorCategory":"server"}""", "errorCategory")]
    [InlineData("""{"durationMs":5,"httpStatus":99}""", "httpStatus")]
    [InlineData("""{"durationMs":5,"attempt":0}""", "attempt")]
    [InlineData("""{"durationMs":5,"cacheHit":"yes"}""", "cacheHit")]
    [InlineData("""{"durationMs":5,"prompt":"hello"}""", "prompt")]
    [InlineData("""{"durationMs":5,"time":"2026-11-21T08:00:00"}""", "time")]
    [InlineData("""{"durationMs":5,"traceId":"a\nb"}""", "traceId")]
    [InlineData("""{"durationMs":5,"model":"\udc00"}""", "")]
    public async Task What_is_wrong_with_a_call_is_named(string call, string field)
    {
        var answer = await _host.PostAsync(Path, $$"""{"calls":[{"durationMs":5},{{call}}]}""");

        Assert.Equal((1, field), Assert.Single(answer.Faults));
    }

    [Fact]
    public async Task No_mutation_of_a_call_makes_the_service_fail()
    {
        var random = new Random(93);
        const string Call = """{"id":"a","time":"2026-11-21T08:00:00Z","model":"gpt","durationMs":12.5,"ttftMs":3,"outputTokens":9,"status":"ok","cacheHit":false,"traceId":"\u00e9"}""";
        for (var i = 0; i < 600; i++)
        {
            var body = System.Text.Encoding.UTF8.GetBytes(Call);
            for (var change = random.Next(1, 4); change > 0; change--)
                body[random.Next(body.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : body[random.Next(body.Length)];

            var answer = await _host.PostBytesAsync(Path, body, i % 2 == 0 ? "application/x-ndjson" : "application/json");
            Assert.True((int)answer.Status < 500, $"{answer.Status} to {System.Text.Encoding.UTF8.GetString(body)}: {answer.Body}");
        }
    }

    private string Samples =>
        $"FROM samples p JOIN series s ON s.id = p.series_id JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'";
}
