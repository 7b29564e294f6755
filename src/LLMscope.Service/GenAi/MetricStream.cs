using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>What tells one stream of a metric from another: resource, scope, name, kind and attributes, these in any order.</summary>
internal static class MetricStream
{
    private const int MostLevels = 8;

    /// <summary>Half of the SHA-256 of it, since attributes come in any number and length.</summary>
    public static Guid IdOf(OtlpMetric metric, OtlpOrigin origin, OtlpAttributes attributes)
    {
        var text = new StringBuilder();
        Write(text, origin.Resource, MostLevels);
        text.Append(CultureInfo.InvariantCulture, $"\u001e{origin.Scope}\u001e{metric.Name}\u001e{metric.Unit}\u001e{(int)metric.Kind}\u001e");
        Write(text, attributes, MostLevels);
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    private static void Write(StringBuilder text, OtlpAttributes attributes, int levels)
    {
        foreach (var (name, value) in attributes.Pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append('\u001f');
            Write(text, value, levels);
            text.Append('\u001f');
        }
    }

    private static void Write(StringBuilder text, OtlpValue value, int levels)
    {
        text.Append((int)value.Kind);
        if (levels == 0)
            return;

        switch (value.Kind)
        {
            case OtlpValueKind.Items:
                foreach (var item in value.Items)
                    Write(text, item, levels - 1);
                break;
            case OtlpValueKind.Pairs:
                Write(text, value.Pairs, levels - 1);
                break;
            case OtlpValueKind.Number:
                text.Append(value.Number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case OtlpValueKind.Whole or OtlpValueKind.Flag:
                text.Append(value.Whole.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(value.Text);
                break;
        }
    }
}
