using System.Text.Json;

namespace LLMscope.Spc.Tests;

/// <summary>An example of a textbook: its data, and the numbers printed or computed for it.</summary>
internal sealed class WorkedExample
{
    private static readonly JsonElement All = JsonDocument.Parse(File.ReadAllText(TestTables.PathOf("weighted-examples.json"))).RootElement;

    private readonly JsonElement _example;

    private WorkedExample(JsonElement example) => _example = example;

    public static WorkedExample Of(string name) => new(All.GetProperty(name));

    public double[] Values => Numbers(_example.GetProperty("data"));

    public double[][] Rows => [.. _example.GetProperty("data").EnumerateArray().Select(Numbers)];

    public double Computed(string name) => _example.GetProperty("computed").GetProperty(name).GetDouble();

    public double[] ComputedSeries(string name) => Numbers(_example.GetProperty("computed").GetProperty(name));

    public double[][] ComputedRows(string name) => [.. _example.GetProperty("computed").GetProperty(name).EnumerateArray().Select(Numbers)];

    public double Published(string name) => _example.GetProperty("published").GetProperty(name).GetDouble();

    public double[] PublishedSeries(string name) => Numbers(_example.GetProperty("published").GetProperty(name));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
