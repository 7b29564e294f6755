using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Observability;

/// <summary>How much log the data folder keeps: at most the product of both.</summary>
public sealed class LogFileOptions
{
    public const string Section = "LLMscope:LogFile";

    /// <summary>A fuller file is closed and the next one begun, as it is at midnight.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int LargestFileBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Files that are kept; beyond it the oldest is deleted.</summary>
    [Range(1, 1_000)]
    public int MostFiles { get; init; } = 10;
}

[OptionsValidator]
internal sealed partial class LogFileOptionsValidator : IValidateOptions<LogFileOptions>;
