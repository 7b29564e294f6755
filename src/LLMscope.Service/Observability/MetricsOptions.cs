using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Observability;

/// <summary>How much the page of metrics may show.</summary>
public sealed class MetricsOptions
{
    public const string Section = "LLMscope:Metrics";

    /// <summary>Combinations of labels that one metric may have. Further ones are summed up under <c>otel_metric_overflow="true"</c>.</summary>
    [Range(10, 100_000)]
    public int LargestCardinality { get; init; } = 1_000;

    /// <summary>Charts that the page shows. <c>llmscope_charts_not_exported</c> tells how many it leaves out.</summary>
    [Range(0, 10_000)]
    public int LargestNumberOfCharts { get; init; } = 200;
}

[OptionsValidator]
internal sealed partial class MetricsOptionsValidator : IValidateOptions<MetricsOptions>;
