using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Scraping;

/// <summary>Which pages of metrics are read, and how much of them at most.</summary>
internal sealed class ScrapingOptions
{
    public const string Section = "LLMscope:Scraping";

    public List<TargetOptions> Targets { get; init; } = [];

    /// <summary>Targets that are read at the same time.</summary>
    [Range(1, 1_000)]
    public int MostConcurrent { get; init; } = 8;

    /// <summary>The largest page, in bytes after decompression. A larger one is no scrape.</summary>
    [Range(1_024, 1_073_741_824)]
    public long LargestBody { get; init; } = 16 * 1024 * 1024;

    /// <summary>Time series that are kept of one target, of those that something is charted from. Further ones are left out and counted.</summary>
    [Range(1, 1_000_000)]
    public int MostSeries { get; init; } = 10_000;
}

[OptionsValidator]
internal sealed partial class ScrapingOptionsValidator : IValidateOptions<ScrapingOptions>;
