using System.Text.Json;
using System.Text.Json.Nodes;
using LLMscope.Spc.Tests;

namespace LLMscope.Service.Tests.Judging;

public sealed class JudgeRulesTests(JudgeHost host) : IClassFixture<JudgeHost>
{
    [Fact]
    public async Task Every_case_of_the_rule_vectors_comes_out()
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(TestTables.PathOf("nelson-vectors.json"), TestContext.Current.CancellationToken));
        var cases = document.RootElement.GetProperty("cases").EnumerateArray().Concat(document.RootElement.GetProperty("long").EnumerateArray()).ToArray();

        foreach (var vector in cases)
        {
            var answer = await host.JudgeAsync($$$"""
                {"values":{{{vector.GetProperty("values")}}},"missing":"{{{vector.GetProperty("missing").GetString()}}}","resets":{{{vector.GetProperty("resets")}}},
                 "limits":{"centre":{{{vector.GetProperty("cl")}}},"sigma":{{{vector.GetProperty("sigma")}}}}}
                """);

            var expected = vector.GetProperty("expect").EnumerateObject()
                .SelectMany(rule => rule.Value.EnumerateArray().Select(index => (Index: index.GetInt32(), rule.Name))).Order();
            Assert.Equal(expected, Signals(answer).Select(signal => (signal.Index, signal.Rule)));
        }

        Assert.True(cases.Length >= 71);
    }

    [Fact]
    public async Task Lines_clipped_at_zero_are_lines()
    {
        var answer = await host.JudgeAsync("""{"values":[0,-0.0,-1,1,2.5,6],"rules":{"R1":{},"cusum":{"h":9}},"limits":{"zones":[0,0,1,2,3,4,5]},"detail":true}""");

        Assert.Equal([(2, "R1", "down"), (5, "R1", "up")], Signals(answer).Select(signal => (signal.Index, signal.Rule, signal.Direction)));
        Assert.Equal("[-2,-2,-3,-1,0.5,4]", answer["scores"]!.ToJsonString());
    }

    [Fact]
    public async Task A_window_begins_with_its_first_point_and_missing_points_are_none_of_it()
    {
        var answer = await host.JudgeAsync("""
            {"values":[1.5,null,0.1,2.5,null,2.5,-4,1,1,1,1,1,1,1,1,1],"rules":["R1","R2","R5"],"limits":{"centre":0,"sigma":1}}
            """);

        Assert.Equal([(5, "R5", 2), (6, "R1", 6), (15, "R2", 7)], Signals(answer).Select(signal => (signal.Index, signal.Rule, signal.From)));
    }

    [Fact]
    public async Task A_sum_tells_where_the_change_began_and_an_average_since_when_it_is_on_its_side()
    {
        var answer = await host.JudgeAsync("""
            {"values":[0,-1,null,2,2,2,2],"rules":{"cusum":{"k":0.5,"h":4},"ewma":{"lambda":0.5,"l":2.7}},"limits":{"centre":0,"sigma":1}}
            """);

        Assert.Equal(
            [(5, "cusum", "up", 3), (6, "cusum", "up", 3), (6, "ewma", "up", 3)],
            Signals(answer).Where(signal => signal.Rule == "cusum" || signal.Index == 6).Select(signal => (signal.Index, signal.Rule, signal.Direction, signal.From)));
    }

    [Fact]
    public async Task Rules_without_a_side_have_no_direction()
    {
        var answer = await host.JudgeAsync("""
            {"values":[1,-1,1,-1,1,-1,1,-1,1,-1,1,-1,1,-1,1],"rules":["R7","R4"],"limits":{"centre":0,"sigma":1}}
            """);

        Assert.Equal(
            [(13, "R4", "none", 0), (14, "R4", "none", 1), (14, "R7", "none", 0)],
            Signals(answer).Select(signal => (signal.Index, signal.Rule, signal.Direction, signal.From)));
    }

    [Fact]
    public async Task Later_values_change_nothing_that_was_said_of_earlier_ones()
    {
        var random = new Random(77);
        var values = Enumerable.Range(0, 600).Select(i => random.Next(20) == 0 ? (double?)null : Math.Round(random.NextDouble() + random.NextDouble() + (i > 400 ? 0.4 : 0), 3)).ToArray();
        var baseline = Enumerable.Range(0, 300).Select(_ => Math.Round(random.NextDouble() + random.NextDouble(), 3));
        string[] charts = ["""{"centre":1,"sigma":0.3}""", $$$"""{"baseline":{{{JsonSerializer.Serialize(baseline)}}}}""", $$$"""{"baseline":{{{JsonSerializer.Serialize(baseline)}}},"predictor":"ewma"}"""];

        foreach (var limits in charts)
        {
            var whole = await JudgeAsync(values, limits);
            foreach (var length in new[] { 0, 1, 137, 405, 599 })
                Assert.Equal(Signals(whole).Where(signal => signal.Index < length), Signals(await JudgeAsync(values[..length], limits)));
            Assert.NotEmpty(Signals(whole));
        }
    }

    [Fact]
    public async Task The_numbers_that_judged_can_be_sent_back()
    {
        const string Values = """[0,1,2,3,4,5,6,-3,2,2,2,2]""";
        var first = await host.JudgeAsync($$$"""{"values":{{{Values}}},"rules":{"R1":{"k":2.5},"R7":{"n":4,"k":2},"R3":{},"cusum":{"h":3,"fir":1},"ewma":{}},"limits":{"centre":1,"sigma":1}}""");

        var second = await host.JudgeAsync($$$"""{"values":{{{Values}}},"rules":{{{first["chart"]!["rules"]!.ToJsonString()}}},"limits":{"centre":1,"sigma":1}}""");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    private Task<JsonNode> JudgeAsync(double?[] values, string limits) =>
        host.JudgeAsync($$$"""{"values":{{{JsonSerializer.Serialize(values)}}},"resets":[{{{(values.Length > 300 ? "300" : "")}}}],"rules":["R1","R2","R3","R4","R5","R6","R7","R8","cusum","ewma"],"limits":{{{limits}}}}""");

    private static (int Index, string Rule, string Direction, int From)[] Signals(JsonNode answer) =>
        [.. answer["signals"]!.AsArray().Select(signal => (
            signal!["index"]!.GetValue<int>(), signal["rule"]!.GetValue<string>(), signal["direction"]!.GetValue<string>(), signal["from"]!.GetValue<int>()))];
}
