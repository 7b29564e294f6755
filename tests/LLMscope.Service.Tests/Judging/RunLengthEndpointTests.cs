using System.Net;
using System.Text.Json.Nodes;
using LLMscope.Spc.Tests;

namespace LLMscope.Service.Tests.Judging;

public sealed class RunLengthEndpointTests(JudgeHost host) : IClassFixture<JudgeHost>
{
    [Fact]
    public async Task All_255_sets_of_rules_have_the_run_lengths_of_the_table()
    {
        foreach (var row in TestTables.Rows("nelson-arl-subsets.csv"))
        {
            var answer = await AskAsync($"rules={row["rules"].Replace('+', ',')}");

            Assert.Equal(1, answer["arl"]!.GetValue<double>() / TestTables.Number(row["ARL0"]), 1e-6);
            Assert.Equal(1, answer["sdrl"]!.GetValue<double>() / TestTables.Number(row["SDRL0"]), 1e-6);
            Assert.Equal(TestTables.Number(row["median_RL"]), answer["quantiles"]!["p50"]!.GetValue<long>());
        }
    }

    [Theory]
    [InlineData("rules=R1,R2,R5,R6&shift=1", 9.70, 0.005)]
    [InlineData("rules=R1,R2,R5,R6&k1=4.1838&n2=16&k5=2.7855&k6=1.7034", 10_080, 3)]
    [InlineData("rules=R7&sigmaRatio=0.5", 22.2, 0.05)]
    [InlineData("rules=cusum", 465.44, 0.01)] // Siegmund's and Vance's case, k = 0.5 and h = 5.
    [InlineData("rules=cusum&cusumH=4&cusumFir=2&shift=1", 5.29, 0.01)] // Lucas and Crosier, Technometrics 24(3), 1982.
    [InlineData("rules=ewma&ewmaL=2.7014&ewmaLimits=fixed", 370.4, 0.1)]
    [InlineData("rules=R1", 370.398347, 1e-6)]
    public async Task Run_lengths_are_those_of_the_literature(string query, double arl, double tolerance)
    {
        var answer = await AskAsync(query);

        Assert.Equal(arl, answer["arl"]!.GetValue<double>(), tolerance);
        Assert.Equal(10_000 / answer["arl"]!.GetValue<double>(), answer["alarmsPer10000Points"]!.GetValue<double>(), 1e-9);
    }

    [Fact]
    public async Task R1_beside_a_CUSUM_signals_sooner_than_either()
    {
        var (r1, cusum, both) = (await MeanAsync("rules=R1"), await MeanAsync("rules=cusum"), await MeanAsync("rules=R1,cusum"));

        Assert.InRange(both, 1 / ((1 / r1) + (1 / cusum)), Math.Min(r1, cusum));
    }

    [Fact]
    public async Task What_is_too_large_for_a_number_is_null_with_a_remark()
    {
        var answer = await AskAsync("rules=R7&shift=10&sigmaRatio=0.1&n7=64");

        Assert.Null(answer["arl"]);
        Assert.NotNull(answer["remark"]);
    }

    [Theory]
    [InlineData("", "rules")]
    [InlineData("rules=R9", "rules")]
    [InlineData("rules=R1,ewma", "rules")]
    [InlineData("rules=R2,cusum", "rules")]
    [InlineData("rules=cusum,ewma", "rules")]
    [InlineData("rules=level", "rules")]
    [InlineData("rules=R1&k1=0", "k1")]
    [InlineData("rules=R1&k1=NaN", "k1")]
    [InlineData("rules=R2&n2=1", "n2")]
    [InlineData("rules=R2&n2=9.5", "n2")]
    [InlineData("rules=R1&shift=11", "shift")]
    [InlineData("rules=R1&sigmaRatio=0", "sigmaRatio")]
    [InlineData("rules=cusum&cusumFir=4", "cusumFir")]
    [InlineData("rules=ewma&ewmaLambda=0", "ewmaLambda")]
    [InlineData("rules=ewma&ewmaLimits=narrow", "ewmaLimits")]
    [InlineData("rules=R1&k2=3", "k2")]
    [InlineData("rules=R1,R2,R3,R4,R5,R6,R7,R8&n2=64&n7=64&n8=64&k5=2.2&k6=1.3&k7=0.9&k8=1.1", "rules")]
    public async Task What_is_wrong_is_named(string query, string name)
    {
        var answer = await host.RunLengthAsync(query);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.Message.Content.Headers.ContentType?.MediaType));
        Assert.Equal([name], answer.Json["errors"]!.AsObject().Select(error => error.Key));
    }

    private async Task<double> MeanAsync(string query) => (await AskAsync(query))["arl"]!.GetValue<double>();

    private async Task<JsonNode> AskAsync(string query)
    {
        var answer = await host.RunLengthAsync(query);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return answer.Json;
    }
}
