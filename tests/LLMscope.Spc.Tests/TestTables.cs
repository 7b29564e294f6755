using System.Globalization;

namespace LLMscope.Spc.Tests;

/// <summary>Reads the tables beside the tests.</summary>
internal static class TestTables
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    /// <summary>The rows of a table without quotes, each by column name.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        var lines = File.ReadAllLines(PathOf(name));
        var columns = lines[0].Split(',');
        return lines.Skip(1).Select(line => columns.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second));
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
