using System.Net;

namespace LLMscope.Service.Tests.Judging;

public sealed class JudgeFaultsTests(JudgeHost host) : IClassFixture<JudgeHost>
{
    [Theory]
    [InlineData("", "$")]
    [InlineData("[1,2]", "$")]
    [InlineData("""{"values":[NaN],"limits":{"centre":0,"sigma":1}}""", "$")]
    [InlineData("""{"values":[1],"values":[2],"limits":{"centre":0,"sigma":1}}""", "$")]
    [InlineData("""{"values":[1],"limits":{"centre":0,"sigma":1}} x""", "$")]
    [InlineData("{}", "$.values", "$.limits")]
    [InlineData("""{"values":[1],"limit":{"centre":0,"sigma":1}}""", "$.limit", "$.limits")]
    [InlineData("""{"values":["1",1e999,true,{}],"limits":{"centre":0,"sigma":1}}""", "$.values[0]", "$.values[1]", "$.values[2]", "$.values[3]")]
    [InlineData("""{"values":[1],"limits":{"centre":0}}""", "$.limits.sigma")]
    [InlineData("""{"values":[1],"limits":{"centre":0,"sigma":0}}""", "$.limits.sigma")]
    [InlineData("""{"values":[1],"limits":{"zones":[1,2,3]}}""", "$.limits.zones")]
    [InlineData("""{"values":[1],"limits":{"zones":[1,2,3,2,5,4,7]}}""", "$.limits.zones[3]", "$.limits.zones[5]")]
    [InlineData("""{"values":[1],"limits":{"zones":[1,2,3,4,null,6,7]}}""", "$.limits.zones[4]")]
    [InlineData("""{"values":[1],"limits":{"centre":0,"sigma":1,"zones":[1,2,3,4,5,6,7]}}""", "$.limits")]
    [InlineData("""{"values":[1],"limits":{"centre":0,"sigma":1,"chart":"p"}}""", "$.limits.chart")]
    [InlineData("""{"values":[1],"rules":{"R1":{"k":2.5}},"limits":{"zones":[1,2,3,4,5,6,7]}}""", "$.rules.R1.k")]
    [InlineData("""{"values":[1],"rules":["R1"],"limits":{"zones":[1,2,3,4,5,6,7],"budget":"quiet"}}""", "$.limits.budget")]
    [InlineData("""{"values":[1],"rules":["cusum"],"limits":{"zones":[1,1,1,1,1,1,1]}}""", "$.rules")]
    [InlineData("""{"values":[1],"rules":["R9","R1"],"limits":{"centre":0,"sigma":1}}""", "$.rules[0]")]
    [InlineData("""{"values":[1],"rules":[],"limits":{"centre":0,"sigma":1}}""", "$.rules")]
    [InlineData("""{"values":[1],"rules":"R1","limits":{"centre":0,"sigma":1}}""", "$.rules")]
    [InlineData("""{"values":[1],"rules":["level"],"limits":{"centre":0,"sigma":1}}""", "$.rules")]
    [InlineData("""{"values":[1],"rules":{"R1":{"n":3},"R2":{"n":1},"R7":{"k":-1},"R3":{"n":2.5}},"limits":{"centre":0,"sigma":1}}""", "$.rules.R1.n", "$.rules.R2.n", "$.rules.R7.k", "$.rules.R3.n")]
    [InlineData("""{"values":[1],"rules":{"cusum":{"h":0},"ewma":{"lambda":2,"l":"3"}},"limits":{"centre":0,"sigma":1}}""", "$.rules.cusum.h", "$.rules.ewma.lambda", "$.rules.ewma.l")]
    [InlineData("""{"values":[1],"rules":{"cusum":{"h":4,"fir":3}},"limits":{"centre":0,"sigma":1}}""", "$.rules.cusum.fir")]
    [InlineData("""{"values":[1,2],"resets":[2,-1,0.5],"limits":{"centre":0,"sigma":1}}""", "$.resets[0]", "$.resets[1]", "$.resets[2]")]
    [InlineData("""{"values":[1],"missing":"none","detail":1,"limits":{"centre":0,"sigma":1}}""", "$.missing", "$.detail")]
    [InlineData("""{"values":[[1,2]],"limits":{"centre":0,"sigma":1}}""", "$.values")]
    [InlineData("""{"values":[1],"sizes":[10],"limits":{"centre":0,"sigma":1}}""", "$.sizes")]
    [InlineData("""{"values":[1],"limits":{"baseline":[1,2,3]}}""", "$.limits.baseline")]
    [InlineData("""{"values":[1],"limits":{"baseline":[5,5,5,5,5,5,5,5,5]}}""", "$.limits.baseline")]
    [InlineData("""{"values":[1],"limits":{"baseline":[1,2,3,4,5,6,7,8,0],"transform":"log"}}""", "$.limits.baseline")]
    [InlineData("""{"values":[2,-1],"limits":{"baseline":[1,2,3,4,5,6,7,8,9],"chart":"individuals","transform":"log"}}""", "$.values[1]")]
    [InlineData("""{"values":[1],"limits":{"baseline":[1,2],"chart":"pie","transform":"square","predictor":"crystal ball"}}""", "$.limits.chart", "$.limits.transform", "$.limits.predictor")]
    [InlineData("""{"values":[1],"limits":{"baseline":[1,2,3],"chart":"c","transform":"log","predictor":"ar"}}""", "$.limits.transform", "$.limits.predictor")]
    [InlineData("""{"values":[1],"limits":{"baseline":[1,2,3],"chart":"p"}}""", "$.values", "$.limits.baseline")]
    [InlineData("""{"values":[5],"sizes":[4],"limits":{"baseline":[1,2.5],"baselineSizes":[10,10.5],"chart":"p"}}""", "$.values[0]", "$.limits.baseline[1]", "$.limits.baselineSizes[1]")]
    [InlineData("""{"values":[5],"sizes":[4,5],"limits":{"baseline":[1,2],"baselineSizes":[10],"chart":"u"}}""", "$.sizes", "$.limits.baselineSizes")]
    [InlineData("""{"values":[1],"sizes":20,"limits":{"baseline":[1,2],"baselineSizes":10,"chart":"np"}}""", "$.sizes")]
    [InlineData("""{"values":[[1,2]],"limits":{"baseline":[1,2],"chart":"xbar-r"}}""", "$.limits.baseline")]
    [InlineData("""{"values":[[1,2]],"limits":{"baseline":[[1],[2]],"chart":"xbar-s"}}""", "$.limits.baseline")]
    [InlineData("""{"values":[[1,"2"]],"limits":{"baseline":[[1,2],[2,3]],"chart":"xbar-s"}}""", "$.values[0][1]")]
    [InlineData("""{"values":[1],"limits":{"baseline":[1,2,3,4,5,6,7,8,9],"budget":{"falseAlarms":0,"per":"year"}}}""", "$.limits.budget.falseAlarms")]
    [InlineData("""{"values":[1],"limits":{"baseline":[1,2,3,4,5,6,7,8,9],"budget":{"name":"loud","per":"day"}}}""", "$.limits.budget.name", "$.limits.budget.per")]
    [InlineData("""{"values":[1],"limits":{"centre":0,"sigma":1,"budget":{"falseAlarms":100,"per":"hour"}}}""", "$.limits.budget")]
    [InlineData("""{"values":[1],"rules":{"R1":{"k":3}},"limits":{"centre":0,"sigma":1,"budget":"quiet"}}""", "$.rules.R1.k")]
    [InlineData("""{"values":[1],"limits":{"baseline":[1,2,3,4,5,6,7,8,9],"predictor":"tokens"}}""", "$.limits.predictor")]
    [InlineData("""{"values":[1],"limits":{"baseline":[1,2,3,4,5,6,7,8,9]},"covariates":{"inputTokens":[1,2],"temperature":[1]}}""", "$.covariates.inputTokens", "$.covariates.temperature")]
    public async Task What_is_wrong_is_named_with_its_place(string body, params string[] places)
    {
        var answer = await host.PostAsync(body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.Message.Content.Headers.ContentType?.MediaType));
        Assert.Equal(places.Order(StringComparer.Ordinal), answer.Json["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task More_values_than_allowed_are_refused()
    {
        var values = string.Join(',', Enumerable.Repeat("1", 200_001));

        var answer = await host.PostAsync($$$"""{"values":[{{{values}}}],"limits":{"centre":0,"sigma":1}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""["has 200001 elements; 200000 are allowed"]""", answer.Json["errors"]!["$.values"]!.ToJsonString());
    }

    [Fact]
    public async Task A_hundred_errors_are_named_and_all_are_counted()
    {
        var answer = await host.PostAsync($$$"""{"values":[{{{string.Join(',', Enumerable.Repeat("true", 150))}}}],"limits":{"centre":0,"sigma":1}}""");

        Assert.Equal((100, 150), (answer.Json["errors"]!.AsObject().Count, answer.Json["errorCount"]!.GetValue<int>()));
    }
}
