using System.Globalization;

namespace LLMscope.Benchmarks.Calibration;

/// <summary>One recorded series of latencies: about 150 consecutive calls of a hosted model, in seconds.</summary>
internal sealed record RecordedSeries(string Endpoint, string Metric, double[] Values)
{
    public string Name => $"{Endpoint} {Metric}";

    /// <summary>All 42 series, three of each of fourteen models.</summary>
    public static IReadOnlyList<RecordedSeries> All()
    {
        using var stream = typeof(RecordedSeries).Assembly.GetManifestResourceStream("llm-latencies.csv")
            ?? throw new InvalidOperationException("The recorded latencies are not in the program.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var columns = lines[0].Split(',');
        var rows = lines.Skip(1).Select(line => line.Split(',')).GroupBy(cells => cells[0]);
        return
        [
            .. from endpoint in rows
               from column in Enumerable.Range(1, columns.Length - 1)
               select new RecordedSeries(
                   endpoint.Key,
                   columns[column].Replace("_seconds", "", StringComparison.Ordinal),
                   [.. endpoint.Select(cells => double.Parse(cells[column], CultureInfo.InvariantCulture))]),
        ];
    }
}
