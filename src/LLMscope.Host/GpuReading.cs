using System.Globalization;

namespace LLMscope.Host;

/// <summary>What one GPU told of itself. What it cannot tell is null.</summary>
/// <param name="Utilization">The share of time in which it was busy.</param>
/// <param name="MemoryUsed">In bytes.</param>
/// <param name="MemoryTotal">In bytes.</param>
/// <param name="Temperature">In degrees Celsius.</param>
/// <param name="Power">In watts.</param>
public sealed record GpuReading(int Index, string Name, double? Utilization, double? MemoryUsed, double? MemoryTotal, double? Temperature, double? Power)
{
    public const string Query = "--query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw";
    public const string Format = "--format=csv,noheader,nounits";

    private const int Numbers = 5;
    private const double Mebibyte = 1024 * 1024;

    public double? MemoryUtilization => MemoryUsed / MemoryTotal is { } share && double.IsFinite(share) ? share : null;

    public string Device => $"GPU {Index} {Name}";

    /// <summary>Reads what nvidia-smi printed; false where a line is not a reading, since it then speaks of a fault.</summary>
    public static bool TryParse(string text, out List<GpuReading> readings)
    {
        readings = [];
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
                continue;
            if (ParseLine(line.ToString()) is not { } reading)
                return false;
            readings.Add(reading);
        }

        return readings.Count > 0;
    }

    private static GpuReading? ParseLine(string line)
    {
        // A name may have commas of its own, so the numbers are counted from the end.
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length < Numbers + 2 || !int.TryParse(fields[0], NumberStyles.None, null, out var index))
            return null;

        var name = string.Join(", ", fields[1..^Numbers]);
        return new GpuReading(
            index, name,
            Number(fields[^5]) is { } percent and <= 100 ? percent / 100 : null,
            Number(fields[^4]) * Mebibyte, Number(fields[^3]) * Mebibyte, Number(fields[^2]), Number(fields[^1]));
    }

    // [N/A], [Not Supported], [Unknown Error], ERR!: nvidia-smi has many words for nothing.
    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
