using System.Text.Json;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

/// <summary>One case of nelson-vectors.json: values, and the points at which each rule is violated.</summary>
public sealed record RuleVector(
    string Id, double Centre, double Sigma, MissingPolicy Missing, IReadOnlySet<int> Resets, double[] Values, RuleSet[] Violated)
{
    public static IReadOnlyList<RuleVector> All { get; } = Read();

    public static RuleVector Of(string id) => All.Single(vector => vector.Id == id);

    private static RuleVector[] Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestTables.PathOf("nelson-vectors.json")));
        return [.. new[] { "cases", "long" }.SelectMany(part => document.RootElement.GetProperty(part).EnumerateArray()).Select(Read)];
    }

    private static RuleVector Read(JsonElement vector)
    {
        var values = vector.GetProperty("values").EnumerateArray()
            .Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble()).ToArray();
        var violated = new RuleSet[values.Length];
        foreach (var rule in vector.GetProperty("expect").EnumerateObject())
        {
            foreach (var index in rule.Value.EnumerateArray())
                violated[index.GetInt32()] |= Enum.Parse<RuleSet>(rule.Name);
        }

        return new RuleVector(
            vector.GetProperty("id").GetString()!,
            vector.GetProperty("cl").GetDouble(),
            vector.GetProperty("sigma").GetDouble(),
            Enum.Parse<MissingPolicy>(vector.GetProperty("missing").GetString()!, ignoreCase: true),
            vector.GetProperty("resets").EnumerateArray().Select(index => index.GetInt32()).ToHashSet(),
            values,
            violated);
    }
}
