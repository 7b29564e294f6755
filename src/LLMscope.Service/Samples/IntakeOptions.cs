using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Samples;

/// <summary>What one request may bring in.</summary>
public sealed class IntakeOptions
{
    public const string Section = "LLMscope:Intake";

    /// <summary>The largest body that is read whole, in bytes. A larger one is answered with 413.</summary>
    [Range(1_024, 1_073_741_824)]
    public long LargestBody { get; init; } = 32 * 1024 * 1024;

    /// <summary>The largest body that is read as it arrives, as NDJSON and CSV are, in bytes after decompression. A larger one is answered with 413.</summary>
    [Range(1_024, 1_099_511_627_776)]
    public long LargestBulk { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>
    /// The most items that are taken as a whole or not at all. A JSON document with more is answered with 413; of NDJSON and CSV with more,
    /// what is right is stored as it arrives.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MostItems { get; init; } = 100_000;

    /// <summary>What is older than this when it arrives is history: it is charted and judged, and nobody is told of it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan HistoryAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far ahead of this machine's clock a time may be.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);
}

[OptionsValidator]
internal sealed partial class IntakeOptionsValidator : IValidateOptions<IntakeOptions>;
