using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using LLMscope.Spc.Tests;

namespace LLMscope.Service.Tests.Judging;

public sealed class JointJudgeTests(JudgeHost host) : IClassFixture<JudgeHost>
{
    private static readonly JsonNode Boiler = JsonNode.Parse(File.ReadAllText(TestTables.PathOf("weighted-examples.json")))!["boiler-T2-single"]!;

    [Fact]
    public async Task The_boiler_of_the_textbook_comes_out()
    {
        var rows = Boiler["data"]!.ToJsonString();

        var answer = await host.JudgeAsync($$$"""{"values":{{{rows}}},"limits":{"chart":"t2","baseline":{{{rows}}},"alpha":0.001}}""");

        var published = Boiler["computed"]!;
        Assert.Equal(1, Number(answer["limits"]!["upper"]) / Number(published["UCL_phase2_F"]), tolerance: 1e-8);
        Assert.Equal(
            published["T2"]!.AsArray().Select(t2 => Math.Round(Number(t2), 8)), answer["points"]!.AsArray().Select(t2 => Math.Round(Number(t2), 8)));
        Assert.Equal(("t2", 8, 25, "sample"), (Text(answer["chart"]!["kind"]), (int)answer["chart"]!["characteristics"]!, (int)answer["chart"]!["baseline"]!, Text(answer["chart"]!["covariance"])));
        Assert.Equal(10, Number(answer["expectedFalseAlarms"]!["average"]), tolerance: 1e-6);
        Assert.Contains(answer["chart"]!["warnings"]!.AsArray(), warning => Text(warning).Contains("widens the limit", StringComparison.Ordinal));
        Assert.Empty(answer["signals"]!.AsArray());
    }

    [Fact]
    public async Task A_signal_tells_what_each_characteristic_has_to_do_with_it()
    {
        // Each value is ordinary; the first two have always moved together.
        var answer = await host.JudgeAsync($$$"""
            {"values":[[0.1,0.1,0],[2,-2,0.2],[null,1,1],null,[0,0,6]],"limits":{"chart":"t2","baseline":{{{Rows(300)}}},"budget":"normal"}}
            """);

        Assert.Equal(["1 T2", "4 T2"], answer["signals"]!.AsArray().Select(signal => $"{signal!["index"]} {signal["rule"]}"));
        var (together, alone) = (answer["signals"]![0]!["contributions"]!, answer["signals"]![1]!["contributions"]!);
        Assert.True(Number(together[0]!["contribution"]) > 10 * Number(together[2]!["contribution"]));
        Assert.True(Number(together[0]!["deviation"]) > 1 && Number(together[1]!["deviation"]) < -1);
        Assert.True(Number(alone[2]!["contribution"]) > 10 * Number(alone[0]!["contribution"]));
        Assert.Equal(new[] { 0, 1, 2 }, alone.AsArray().Select(one => (int)one!["characteristic"]!));
        Assert.Null(answer["points"]![2]);
        Assert.Null(answer["points"]![3]);
        Assert.Equal(1, Number(answer["expectedFalseAlarms"]!["average"]), tolerance: 1e-6);
        Assert.Equal("week", Text(answer["expectedFalseAlarms"]!["per"]));
    }

    [Fact]
    public async Task A_MEWMA_sees_a_small_shift_that_T2_does_not()
    {
        var shifted = string.Join(',', Enumerable.Range(0, 60).Select(i => Row(900 + i, shift: 0.9)));

        var t2 = await host.JudgeAsync($$$"""{"values":[{{{shifted}}}],"limits":{"chart":"t2","baseline":{{{Rows(600)}}},"budget":"normal"}}""");
        var mewma = await host.JudgeAsync($$$"""{"values":[{{{shifted}}}],"detail":true,"limits":{"chart":"mewma","baseline":{{{Rows(600)}}},"budget":"normal"}}""");

        Assert.Empty(t2["signals"]!.AsArray());
        Assert.NotEmpty(mewma["signals"]!.AsArray());
        Assert.Equal("MEWMA", Text(mewma["signals"]![0]!["rule"]));

        // Widened for what 600 rows leave unknown, so that known limits would be quieter than was asked for.
        Assert.InRange(Number(mewma["expectedFalseAlarms"]!["averageRunLength"]), 10_100, 20_000);
        Assert.Equal(0.1, Number(mewma["chart"]!["lambda"]));
        Assert.Equal(60, mewma["contributions"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_averages_end_at_a_reset_and_at_a_missing_row_where_that_is_asked_for()
    {
        const string Values = """[[1,1,1],[1,1,1],null,[1,1,1],[1,1,1]]""";
        var limits = $$$""" "limits":{"chart":"mewma","baseline":{{{Rows(300)}}},"h4":12,"lambda":0.2}""";

        var skipped = await host.JudgeAsync($$$"""{"values":{{{Values}}},{{{limits}}}}""");
        var broken = await host.JudgeAsync($$$"""{"values":{{{Values}}},"missing":"break","resets":[4],{{{limits}}}}""");

        var (through, afresh) = (skipped["points"]!.AsArray(), broken["points"]!.AsArray());
        Assert.True(Number(through[3]) > Number(through[1]));
        Assert.Equal(Number(afresh[0]), Number(afresh[3]));
        Assert.Equal(Number(afresh[0]), Number(afresh[4]));
        Assert.Equal(12, Number(skipped["limits"]!["upper"]));
    }

    [Theory]
    [InlineData("""{"values":[[1,2]],"limits":{"chart":"t2"}}""", "$.limits.baseline")]
    [InlineData("""{"limits":{"chart":"t2","baseline":[[1,2],[2,1],[1,1],[3,1],[5,2]]}}""", "$.values")]
    [InlineData("""{"values":[[1,2,3],[1],5],"limits":{"chart":"t2","baseline":[[1,2],[2,1],[1,1,1],[3,1],[5,2]]}}""", "$.limits.baseline[2]", "$.values[0]", "$.values[1]", "$.values[2]")]
    [InlineData("""{"values":[[1,"2"]],"limits":{"chart":"t2","baseline":[[1,2],[2,1],[1,true],[3,1],[5,2]]}}""", "$.limits.baseline[2][1]", "$.values[0][1]")]
    [InlineData("""{"values":[[1,2]],"limits":{"chart":"t2","baseline":[[1,2],[2,1],[1,1]]}}""", "$.limits.baseline")]
    [InlineData("""{"values":[[1]],"limits":{"chart":"t2","baseline":[[1],[2],[3],[4]]}}""", "$.limits.baseline", "$.values")]
    [InlineData("""{"values":[1],"limits":{"chart":"t2","baseline":[1,2,3]}}""", "$.limits.baseline", "$.values")]
    [InlineData("""{"values":[[1,2]],"limits":{"chart":"mewma","baseline":[[1,2],[2,4],[3,6],[4,8],[7,14]]}}""", "$.limits.baseline[*][1]")]
    [InlineData("""{"values":[[1,2]],"limits":{"chart":"t2","baseline":[[1,2],[2,2],[3,2],[4,2],[7,2]]}}""", "$.limits.baseline[*][1]")]
    [InlineData("""{"values":[[1,2]],"sizes":3,"rules":["R1"],"limits":{"chart":"t2","baseline":[[1,2],[2,1],[1,1],[3,1],[5,2]]}}""", "$.sizes", "$.rules")]
    [InlineData("""{"values":[[1,2]],"limits":{"chart":"t2","baseline":[[1,2],[2,1],[1,1],[3,1],[5,2]],"h4":3,"lambda":0.1,"alpha":0.5,"covariance":"robust"}}""", "$.limits.h4", "$.limits.lambda", "$.limits.alpha", "$.limits.covariance")]
    [InlineData("""{"values":[[1,2]],"limits":{"chart":"mewma","baseline":[[1,2],[2,1],[1,1],[3,1],[5,2]],"h4":0,"lambda":0.001,"alpha":0.01}}""", "$.limits.h4", "$.limits.lambda", "$.limits.alpha")]
    [InlineData("""{"values":[[1,2]],"limits":{"chart":"t2","baseline":[[1,2],[2,1],[1,1],[3,1],[5,2]],"alpha":0.01,"budget":"quiet"}}""", "$.limits.alpha")]
    [InlineData("""{"values":[[1,2]],"limits":{"chart":"t2","centre":0,"sigma":1}}""", "$.limits.centre", "$.limits.sigma", "$.limits.baseline")]
    [InlineData("""{"values":[[1,2]],"resets":[1],"limits":{"chart":"t2","baseline":[[1,2],[2,1],[1,1],[3,1],[5,2]]}}""", "$.resets[0]")]
    public async Task What_is_wrong_is_named_where_it_stands(string body, params string[] places)
    {
        var answer = await host.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(places.Order(StringComparer.Ordinal), answer.Json["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    private static string Rows(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => Row(i, 0)))}]";

    // Two characteristics that move together and one that does not, normal with a standard deviation of one.
    private static string Row(int seed, double shift)
    {
        var random = new Random(seed);
        var common = Normal();
        return string.Create(
            CultureInfo.InvariantCulture, $"[{shift + common + (0.3 * Normal()):R},{shift + common + (0.3 * Normal()):R},{Normal():R}]");

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private static double Number(JsonNode? node) => node!.GetValue<double>();

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
