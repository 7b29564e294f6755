using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LLMscope.Monitoring.Samples;

/// <summary>How much may wait between the door and the disk.</summary>
public sealed class InboxOptions
{
    public const string Section = "LLMscope:Inbox";

    /// <summary>Samples that may wait to be archived. Beyond it the service refuses (429) rather than grow.</summary>
    [Range(1_000, 10_000_000)]
    public int Capacity { get; init; } = 300_000;

    /// <summary>Samples that one commit takes at most.</summary>
    [Range(100, 1_000_000)]
    public int LargestGroup { get; init; } = 50_000;

    /// <summary>Archived samples that may wait in memory to be judged. Beyond it they are read back from the archive.</summary>
    [Range(1_000, 10_000_000)]
    public int LargestBacklog { get; init; } = 300_000;
}

[OptionsValidator]
internal sealed partial class InboxOptionsValidator : IValidateOptions<InboxOptions>;
