using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LLMscope.Agent;

/// <summary>What the agent measures and where it sends it.</summary>
public sealed class AgentOptions
{
    public const string Section = "LLMscope";

    /// <summary>Where LLMscope listens.</summary>
    [Required]
    public Uri Address { get; init; } = new("http://localhost:5080");

    /// <summary>Time between two rounds of readings. A round that takes longer skips the ones that it misses.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The name under which LLMscope shows this machine.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>Where this machine stands, for example a data centre.</summary>
    [StringLength(200)]
    public string Site { get; init; } = "";

    /// <summary>Samples that may wait while LLMscope is away; beyond it the oldest is dropped. The default is about half a day of a machine with one GPU.</summary>
    [Range(1, 10_000_000)]
    public int Capacity { get; init; } = 150_000;

    /// <summary>How long it goes on sending after it was asked to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan FlushTime { get; init; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
internal sealed partial class AgentOptionsValidator : IValidateOptions<AgentOptions>;
