namespace LLMscope.Service.Observability;

/// <summary>All series of one metric, as a page of metrics shows them together.</summary>
/// <param name="Name">A legal Prometheus name with its unit and without the suffix of its kind.</param>
/// <param name="Unit">The unit that the name ends with; null where it has none.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string? Unit, string Help, IReadOnlyList<MetricValue> Values);

internal enum MetricKind
{
    Gauge,
    Counter,
    Histogram,
}

/// <summary>One line of a page of metrics.</summary>
/// <param name="Suffix">What follows the name of the family: empty, <c>_total</c>, <c>_bucket</c>, <c>_sum</c> or <c>_count</c>.</param>
internal readonly record struct MetricValue(string Suffix, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value);
