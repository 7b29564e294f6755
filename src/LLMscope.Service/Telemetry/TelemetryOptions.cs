using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Telemetry;

/// <summary>Whether and how often LLMscope measures the machine that it runs on.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "LLMscope:Telemetry";

    public bool Enabled { get; init; } = true;

    /// <summary>Time between two readings. A reading that takes longer skips the ones that it misses.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
