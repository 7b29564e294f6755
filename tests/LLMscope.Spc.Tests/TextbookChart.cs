using System.Text.Json;

namespace LLMscope.Spc.Tests;

/// <summary>One chart of textbook-charts.json: the data, what is printed of it and what an independent computation gives.</summary>
public sealed record TextbookChart(
    string Id, double[][] Values, double[][] LaterValues, double[] Sizes, IReadOnlyDictionary<string, double> Published, IReadOnlyDictionary<string, double> Computed,
    (double Lower, double Upper)[] Limits, int[] Beyond)
{
    public static TextbookChart Of(string id)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestTables.PathOf("textbook-charts.json")));
        var chart = document.RootElement.EnumerateArray().Single(chart => chart.GetProperty("id").GetString() == id);
        var computed = chart.GetProperty("computed");
        return new TextbookChart(
            id,
            Table(chart, "data"),
            Table(chart, "phase2"),
            [.. Table(chart, "sizes").Select(size => size[0])],
            Numbers(chart.GetProperty("published")),
            Numbers(computed),
            [.. Table(computed, "limits").Select(limits => (limits[0], limits[1]))],
            [.. Table(computed, "beyond").Select(point => (int)point[0])]);
    }

    /// <summary>The counts or single values, one for each point.</summary>
    public double[] Points => Array.ConvertAll(Values, values => values.Single());

    /// <summary>A number within 5e-4 (relative) of what is printed, if it is, and within 1e-9 of what was computed.</summary>
    public void Agrees(string name, double value)
    {
        if (Published.TryGetValue(name, out var published))
            Assert.Equal(published, value, tolerance: 5e-4 * Math.Abs(published));
        Assert.Equal(Computed[name], value, tolerance: 1e-9 * Math.Abs(Computed[name]));
    }

    private static double[][] Table(JsonElement parent, string name)
        => parent.TryGetProperty(name, out var rows) ? [.. rows.EnumerateArray().Select(Row)] : [];

    private static double[] Row(JsonElement row)
        => row.ValueKind == JsonValueKind.Array ? [.. row.EnumerateArray().Select(cell => cell.GetDouble())] : [row.GetDouble()];

    private static Dictionary<string, double> Numbers(JsonElement names)
        => names.EnumerateObject().Where(name => name.Value.ValueKind == JsonValueKind.Number).ToDictionary(name => name.Name, name => name.Value.GetDouble());
}
