using System.Text.Json;
using System.Text.Json.Nodes;
using LLMscope.Spc.Tests;

namespace LLMscope.Service.Tests.Judging;

public sealed class JudgeChartsTests(JudgeHost host) : IClassFixture<JudgeHost>
{
    private static readonly JsonArray Textbooks = JsonNode.Parse(File.ReadAllText(TestTables.PathOf("textbook-charts.json")))!.AsArray();
    private static readonly JsonNode Weighted = JsonNode.Parse(File.ReadAllText(TestTables.PathOf("weighted-examples.json")))!;

    [Theory]
    [InlineData("pistonrings-xbar-R", "xbar-r")]
    [InlineData("pistonrings-R", "r")]
    [InlineData("orangejuice-np", "np")]
    [InlineData("circuit-c-clean", "c")]
    [InlineData("nist-c-wafer", "c")]
    [InlineData("viscosity-I", "individuals")]
    [InlineData("viscosity-I-clean", "individuals")]
    public async Task A_textbooks_limits_come_out(string id, string chart)
    {
        var example = Textbooks.Single(example => example!["id"]!.GetValue<string>() == id)!;
        var sizes = example["sizes"] is { } given ? $$$""","baselineSizes":{{{given.ToJsonString()}}}""" : "";
        var ofValues = example["sizes"] is { } same ? $$$""","sizes":{{{same.ToJsonString()}}}""" : "";

        var answer = await host.JudgeAsync($$$"""
            {"values":{{{example["data"]!.ToJsonString()}}}{{{ofValues}}},"rules":["R1"],
             "limits":{"baseline":{{{example["data"]!.ToJsonString()}}}{{{sizes}}},"chart":"{{{chart}}}","transform":"none"}}
            """);

        var (limits, computed, published) = (answer["limits"]!, example["computed"]!, example["published"]!);
        Assert.Equal(chart, answer["chart"]!["kind"]!.GetValue<string>());
        foreach (var (line, name) in new[] { ("centre", "center"), ("lower", "LCL"), ("upper", "UCL") })
        {
            Assert.Equal(Number(computed[name]), Number(limits[line]), 1e-8);
            Assert.Equal(Number(published[name]), Number(limits[line]), 5e-4 * Math.Max(1, Number(published[name])));
        }

        if (chart == "individuals")
            Assert.Equal(Number(computed["sigma"]), Number(limits["sigma"]), 1e-9);
        if (computed["beyond"] is JsonArray beyond && chart != "xbar-r")
            Assert.Equal(beyond.Select(place => place!.GetValue<int>() - 1), answer["signals"]!.AsArray().Select(signal => signal!["index"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("orangejuice-p-clean", "p")]
    [InlineData("circuit-u-clean", "u")]
    [InlineData("dyedcloth-u-variable-n", "u")]
    public async Task Limits_of_points_with_sizes_are_told_for_each(string id, string chart)
    {
        var example = Textbooks.Single(example => example!["id"]!.GetValue<string>() == id)!;
        var (data, sizes) = (example["data"]!.ToJsonString(), example["sizes"]!.ToJsonString());

        var answer = await host.JudgeAsync($$$"""
            {"values":{{{data}}},"sizes":{{{sizes}}},"limits":{"baseline":{{{data}}},"baselineSizes":{{{sizes}}},"chart":"{{{chart}}}","transform":"none"}}
            """);

        var (limits, computed) = (answer["limits"]!, example["computed"]!);
        for (var i = 0; i < example["data"]!.AsArray().Count; i++)
        {
            Assert.Equal(Number(computed["center"]), Number(limits["centre"]![i]), 1e-12);
            Assert.Equal(Number(computed["LCL"] ?? computed["limits"]![i]![0]), Number(limits["lower"]![i]), 1e-9);
            Assert.Equal(Number(computed["UCL"] ?? computed["limits"]![i]![1]), Number(limits["upper"]![i]), 1e-9);
        }
    }

    [Fact]
    public async Task The_moving_averages_of_the_NIST_handbook_come_out()
    {
        var example = Weighted["nist-ewma"]!;
        var answer = await host.JudgeAsync($$$"""
            {"values":{{{example["data"]!.ToJsonString()}}},"rules":{"ewma":{"lambda":0.3,"l":3,"limits":"fixed"}},"limits":{"centre":50,"sigma":2.0539},"detail":true}
            """);

        var averages = answer["ewma"]!["average"]!.AsArray().Select(Number).ToArray();
        Assert.Equal(example["computed"]!["ewma"]!.AsArray().Skip(1).Select(Number).Select(average => Math.Round(average, 9)), averages.Select(average => Math.Round(average, 9)));
        Assert.Equal(Number(example["computed"]!["UCL_exact"]), Number(answer["ewma"]!["upper"]![0]), 1e-9);
        Assert.Empty(answer["signals"]!.AsArray());
    }

    [Fact]
    public async Task The_sums_and_averages_of_the_piston_rings_come_out()
    {
        var rings = Weighted["pistonrings-xbar-R"]!;
        var means = rings["data"]!.AsArray().Select(ring => ring!.AsArray().Average(value => value!.GetValue<double>())).ToArray();
        var computed = rings["computed"]!;
        var limits = JsonSerializer.Serialize(new { centre = Number(computed["center"]), sigma = Number(computed["sigma"]) / Math.Sqrt(5) });
        var answer = await host.JudgeAsync($$$"""
            {"values":{{{JsonSerializer.Serialize(means)}}},"rules":{"cusum":{"k":0.5,"h":5},"ewma":{"lambda":0.2,"l":3} },"limits":{{{limits}}},"detail":true}
            """);

        AssertClose(Weighted["pistonrings-cusum"]!["computed"]!["pos"]!, answer["cusum"]!["upper"]!, 1e-6);
        AssertClose(Weighted["pistonrings-cusum"]!["computed"]!["neg"]!, answer["cusum"]!["lower"]!, 1e-6);
        AssertClose(Weighted["pistonrings-ewma"]!["computed"]!["ewma"]!, answer["ewma"]!["average"]!, 1e-9);
    }

    [Theory]
    [InlineData("individuals", "[3,4,5,90]")]
    [InlineData("auto", "[3,4,5,90]")]
    [InlineData("ewma", "[3,4,5,900,900,900]")]
    [InlineData("cusum", "[3,4,5,90,90,90]")]
    [InlineData("c", "[3,4,5,90]")]
    [InlineData("g", "[3,4,5,900]")]
    [InlineData("t", "[3.5,4,5,900]")]
    public async Task A_chart_of_plain_values_signals_what_lies_far_out(string chart, string values)
    {
        var answer = await host.JudgeAsync($$$"""{"values":{{{values}}},"limits":{"baseline":{{{Counts(60)}}},"chart":"{{{chart}}}"}}""");

        Assert.Contains(answer["signals"]!.AsArray(), signal => signal!["index"]!.GetValue<int>() >= 3 && signal["direction"]!.GetValue<string>() == "up");
        Assert.DoesNotContain(answer["signals"]!.AsArray(), signal => signal!["index"]!.GetValue<int>() < 3);
        Assert.Equal(chart == "auto" ? "individuals" : chart, answer["chart"]!["kind"]!.GetValue<string>());
        Assert.NotEmpty(answer["chart"]!["why"]!.AsArray());
    }

    [Theory]
    [InlineData("p")]
    [InlineData("np")]
    [InlineData("u")]
    [InlineData("p-prime")]
    [InlineData("u-prime")]
    [InlineData("auto")]
    public async Task A_chart_of_counts_and_sizes_signals_what_lies_far_out(string chart)
    {
        var answer = await host.JudgeAsync($$$"""
            {"values":[4,null,90,0],"sizes":[100,100,100,0],"limits":{"baseline":{{{Counts(60)}}},"baselineSizes":100,"chart":"{{{chart}}}"} }
            """);

        var signal = Assert.Single(answer["signals"]!.AsArray())!;
        Assert.Equal((2, "R1", "up"), (signal["index"]!.GetValue<int>(), signal["rule"]!.GetValue<string>(), signal["direction"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("xbar-r")]
    [InlineData("xbar-s")]
    [InlineData("r")]
    [InlineData("s")]
    [InlineData("auto")]
    public async Task A_chart_of_subgroups_signals_what_lies_far_out(string chart)
    {
        var random = new Random(5);
        var baseline = Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 4).Select(_ => random.NextDouble() + random.NextDouble()));

        var answer = await host.JudgeAsync($$$"""
            {"values":[[1,1.2,0.8,1.1],null,[],[9,1,null,14,7]],"rules":["R1"],"limits":{"baseline":{{{JsonSerializer.Serialize(baseline)}}},"chart":"{{{chart}}}"}}
            """);

        Assert.Equal(3, Assert.Single(answer["signals"]!.AsArray())!["index"]!.GetValue<int>());
    }

    [Fact]
    public async Task Answers_that_take_longer_because_they_are_longer_are_in_control_where_tokens_are_known()
    {
        var random = new Random(8);
        var tokens = Enumerable.Range(0, 700).Select(i => i < 600 ? random.Next(100, 250) : random.Next(1_000, 1_400)).ToArray();
        var seconds = tokens.Select(count => Math.Round((0.2 + (0.02 * count)) * (0.9 + (0.2 * random.NextDouble())), 4)).ToArray();
        string Body(string covariates, string predictor) =>
            $$$"""{"values":{{{JsonSerializer.Serialize(seconds[600..])}}},"rules":["R1"],"limits":{"baseline":{{{JsonSerializer.Serialize(seconds[..600])}}},"transform":"log","predictor":"{{{predictor}}}"}{{{covariates}}}}""";
        var known = $$$""","covariates":{"inputTokens":{{{JsonSerializer.Serialize(tokens.Select(_ => 100))}}},"outputTokens":{{{JsonSerializer.Serialize(tokens)}}}}""";

        var (with, without) = (await host.JudgeAsync(Body(known, "tokens")), await host.JudgeAsync(Body("", "none")));

        Assert.Equal("tokens", with["chart"]!["predictor"]!.GetValue<string>());
        Assert.InRange(with["signals"]!.AsArray().Count, 0, 5);
        Assert.InRange(without["signals"]!.AsArray().Count, 50, 100);
        Assert.Equal(100, with["limits"]!["upper"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_budget_sets_the_numbers_of_the_usual_rules()
    {
        // One false alarm a week at a point a minute: 4.1838, 16, 2.7855 and 1.7034.
        var answer = await host.JudgeAsync("""{"values":[1],"limits":{"centre":0,"sigma":1,"budget":{"falseAlarms":1,"per":"week","intervalSeconds":60}}}""");
        var named = await host.JudgeAsync("""{"values":[1],"limits":{"centre":0,"sigma":1,"budget":"normal"}}""");

        var rules = answer["chart"]!["rules"]!;
        Assert.Equal(4.1838, Number(rules["R1"]!["k"]), 1e-4);
        Assert.Equal(16, rules["R2"]!["n"]!.GetValue<int>());
        Assert.Equal(2.7855, Number(rules["R5"]!["k"]), 1e-4);
        Assert.Equal(1.7034, Number(rules["R6"]!["k"]), 1e-4);
        Assert.Equal(1, Number(answer["expectedFalseAlarms"]!["expected"]), 1e-6);
        Assert.Equal("week", answer["expectedFalseAlarms"]!["per"]!.GetValue<string>());
        Assert.Equal(answer.ToJsonString(), named.ToJsonString());
    }

    [Theory]
    [InlineData("""["R1","cusum"]""", false)]
    [InlineData("""["cusum"]""", false)]
    [InlineData("""["ewma"]""", false)]
    [InlineData("""["R1","R2","cusum","ewma"]""", true)]
    public async Task Detectors_get_their_share_of_a_budget(string rules, bool isUpperBound)
    {
        var answer = await host.JudgeAsync($$$"""{"values":[1],"rules":{{{rules}}},"limits":{"centre":0,"sigma":1,"budget":{"name":"sensitive","intervalSeconds":60} }}""");

        Assert.Equal(1, Number(answer["expectedFalseAlarms"]!["expected"]), 1e-6);
        Assert.Equal(isUpperBound, answer["expectedFalseAlarms"]!["isUpperBound"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Limits_from_few_values_have_a_wide_band_of_false_alarms()
    {
        var random = new Random(6);
        var baseline = JsonSerializer.Serialize(Enumerable.Range(0, 100).Select(_ => random.NextDouble() + random.NextDouble() + random.NextDouble()));

        var answer = await host.JudgeAsync($$$"""{"values":[3],"limits":{"baseline":{{{baseline}}},"chart":"individuals","transform":"none"}}""");

        var alarms = answer["expectedFalseAlarms"]!;
        Assert.Equal(136.09, Number(alarms["expected"]), 0.01);
        Assert.InRange(Number(alarms["low"]), 50, 130);
        Assert.InRange(Number(alarms["high"]), 200, 600);
    }

    private static string Counts(int count)
    {
        var random = new Random(4);
        return JsonSerializer.Serialize(Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 10).Count(_ => random.NextDouble() < 0.4)));
    }

    private static double Number(JsonNode? node) => node!.GetValue<double>();

    private static void AssertClose(JsonNode expected, JsonNode actual, double tolerance)
    {
        Assert.Equal(expected.AsArray().Count, actual.AsArray().Count);
        foreach (var (first, second) in expected.AsArray().Zip(actual.AsArray()))
            Assert.Equal(Math.Abs(Number(first)), Number(second), tolerance);
    }
}
