using System.Text;

namespace LLMscope.Service.Observability;

/// <summary>Names and units of OpenTelemetry as Prometheus writes them.</summary>
/// <remarks>OpenTelemetry specification, "Prometheus and OpenMetrics compatibility".</remarks>
internal static class PrometheusName
{
    /// <summary>The name of a family: legal characters, then the unit; <c>_total</c> is added per line.</summary>
    public static (string Name, string? Unit) Of(string name, string? unit, MetricKind kind)
    {
        var legal = Legal(name);
        if (kind == MetricKind.Counter && legal.EndsWith("_total", StringComparison.Ordinal))
            legal = legal[..^"_total".Length];

        if (UnitOf(unit, kind) is not { } suffix)
            return (legal, null);

        return (legal.EndsWith('_' + suffix, StringComparison.Ordinal) ? legal : $"{legal}_{suffix}", suffix);
    }

    /// <summary>The name of a label, or of a metric without unit.</summary>
    public static string Legal(string name)
    {
        var legal = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterOrDigit(character))
                legal.Append(character);
            else if (legal.Length == 0 || legal[^1] != '_')
                legal.Append('_');
        }

        if (legal.Length == 0 || char.IsAsciiDigit(legal[0]))
            legal.Insert(0, '_');

        return legal.ToString();
    }

    private static string? UnitOf(string? unit, MetricKind kind)
    {
        // A remark in braces, as in "{sample}", says what is counted and is no unit.
        var opening = unit?.IndexOf('{') ?? -1;
        var symbol = opening < 0 ? unit : unit![..opening] + unit[(unit.IndexOf('}') + 1)..];
        if (string.IsNullOrEmpty(symbol))
            return null;

        var per = symbol.IndexOf('/');
        if (per < 0)
            return symbol == "1" ? (kind == MetricKind.Gauge ? "ratio" : null) : Word(symbol);

        var above = symbol[..per];
        var below = symbol[(per + 1)..] switch { "s" => "second", "min" => "minute", "h" => "hour", "d" => "day", var other => Word(other) };
        return above.Length == 0 ? $"per_{below}" : $"{Word(above)}_per_{below}";
    }

    private static string Word(string symbol) => symbol switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "%" => "percent",
        "Cel" => "celsius",
        "W" => "watts",
        "J" => "joules",
        "Hz" => "hertz",
        "USD" => "usd",
        _ => Legal(symbol),
    };
}
