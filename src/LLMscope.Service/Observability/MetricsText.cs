using System.Globalization;
using System.Text;

namespace LLMscope.Service.Observability;

/// <summary>
/// A page of metrics as text: the Prometheus format 0.0.4 or OpenMetrics 1.0. Both give a series the same labels, so that it stays
/// the same series when a scraper changes the format.
/// </summary>
internal static class MetricsText
{
    public static string Write(IEnumerable<MetricFamily> families, MetricsFormat format)
    {
        var text = new StringBuilder(16_384);
        foreach (var family in families)
            WriteFamily(text, family, format);

        if (format == MetricsFormat.OpenMetrics)
            text.Append("# EOF\n");

        return text.ToString();
    }

    private static void WriteFamily(StringBuilder text, MetricFamily family, MetricsFormat format)
    {
        var open = format == MetricsFormat.OpenMetrics;
        var name = family.Kind == MetricKind.Counter && !open ? family.Name + "_total" : family.Name;
        var kind = family.Kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" };
        text.Append($"# TYPE {name} {kind}\n");
        if (open && family.Unit is not null)
            text.Append($"# UNIT {name} {family.Unit}\n");
        if (family.Help.Length > 0)
        {
            text.Append($"# HELP {name} ");
            Escape(text, family.Help, quotes: open);
            text.Append('\n');
        }

        foreach (var line in family.Values)
            WriteLine(text, family.Name, line);
    }

    private static void WriteLine(StringBuilder text, string name, in MetricValue line)
    {
        text.Append(name).Append(line.Suffix);
        var separator = '{';
        foreach (var (label, value) in line.Labels)
        {
            text.Append(separator).Append(label).Append("=\"");
            Escape(text, value, quotes: true);
            text.Append('"');
            separator = ',';
        }

        text.Append(separator == ',' ? "} " : " ").Append(Number(line.Value)).Append('\n');
    }

    /// <summary>A number as both formats read it.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The bound of a bucket, always with a fraction or an exponent, as OpenMetrics asks for.</summary>
    public static string Bound(double value)
    {
        var number = Number(value);
        return number.AsSpan().ContainsAny('.', 'E', 'I') ? number : number + ".0";
    }

    private static void Escape(StringBuilder text, string value, bool quotes)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(character),
            };
        }
    }
}

internal enum MetricsFormat
{
    Prometheus,
    OpenMetrics,
}
