using System.Net;
using System.Text.Json;
using LLMscope.Service.Tests.Judging;

namespace LLMscope.Service.Tests.Comparing;

public sealed class CompareEndpointTests(JudgeHost host) : IClassFixture<JudgeHost>
{
    [Fact]
    public async Task A_model_that_became_slower_is_found_out()
    {
        var random = new Random(12);
        double[] Sample(double scale) => [.. Enumerable.Range(0, 400).Select(_ => Math.Round(scale * (1 + (random.NextDouble() * random.NextDouble())), 4))];

        var answer = await host.PostAsync("/api/v1/compare", JsonSerializer.Serialize(new
        {
            before = Sample(1),
            after = Sample(1.3),
            errorsBefore = new { calls = 400, errors = 2 },
            errorsAfter = new { calls = 400, errors = 40 },
        }));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""["medianRose","tailRose","errorsRose"]""", answer.Json["findings"]!.ToJsonString());
        Assert.InRange(answer.Json["median"]!["ratio"]!["value"]!.GetValue<double>(), 1.25, 1.35);
        Assert.InRange(answer.Json["ranks"]!["p"]!.GetValue<double>(), 0, 1e-10);
        Assert.StartsWith("Median rose from", answer.Json["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_samples_tell_nothing()
    {
        var answer = await host.PostAsync("/api/v1/compare", """{"before":[],"after":[null]}""");

        Assert.Equal((HttpStatusCode.OK, """["tooFewValues"]"""), (answer.Status, answer.Json["findings"]?.ToJsonString()));
        Assert.Null(answer.Json["median"]!["difference"]!["value"]);
    }

    [Theory]
    [InlineData("""{"before":[1]}""", "$.after")]
    [InlineData("""{"before":["x"],"after":[1],"confidence":1}""", "$.before[0]", "$.confidence")]
    [InlineData("""{"before":[1],"after":[1],"errorsBefore":{"calls":5,"errors":6},"errorsAfter":{"calls":1}}""", "$.errorsBefore.errors", "$.errorsAfter.errors")]
    [InlineData("""{"before":[1],"after":[1],"errorsAfter":{"calls":5,"errors":1}}""", "$.errorsAfter")]
    public async Task What_is_wrong_is_named_with_its_place(string body, params string[] places)
    {
        var answer = await host.PostAsync("/api/v1/compare", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(places.Order(StringComparer.Ordinal), answer.Json["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }
}
