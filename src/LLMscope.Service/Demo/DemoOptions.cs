using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Demo;

/// <summary>The demonstration: recorded real latencies, replayed. Switched on by <c>--demo</c>.</summary>
public sealed class DemoOptions
{
    public const string Section = "LLMscope";

    /// <summary>Whether to replay.</summary>
    public bool Demo { get; init; }

    /// <summary>Calls a second of each model while it replays.</summary>
    [Range(0.1, 20)]
    public double DemoSpeed { get; init; } = 0.5;
}

[OptionsValidator]
internal sealed partial class DemoOptionsValidator : IValidateOptions<DemoOptions>;
