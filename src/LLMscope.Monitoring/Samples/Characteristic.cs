using System.Collections.Frozen;
using LLMscope.Spc;

namespace LLMscope.Monitoring.Samples;

/// <summary>What a name of a measured quantity means: its unit, and how it behaves.</summary>
/// <param name="Name">For example <c>time_to_first_token</c>.</param>
/// <param name="Unit">The base unit that its values are stored in.</param>
/// <param name="Nature">What its values are, which decides its chart unless a plan says otherwise.</param>
/// <param name="Transform">The scale that it is judged on unless a plan says otherwise.</param>
/// <param name="Title">How people read it.</param>
public sealed record Characteristic(string Name, Unit Unit, CharacteristicNature Nature, Transform Transform, string Title)
{
    public const string Duration = "duration";
    public const string TimeToFirstToken = "time_to_first_token";
    public const string TimePerOutputToken = "time_per_output_token";
    public const string TokensPerSecond = "tokens_per_second";
    public const string Error = "error";
    public const string Cost = "cost";

    /// <summary>The share of failed calls where only their number is known; apart from <see cref="Error"/>, which single calls are counted in.</summary>
    public const string ErrorShare = "error_share";

    /// <summary>What the name of a joint characteristic begins with, and no name that a sample may have does.</summary>
    private const string JointPrefix = "joint:";

    private static readonly FrozenDictionary<string, Characteristic> WellKnown = new Characteristic[]
    {
        new(Duration, Unit.Seconds, CharacteristicNature.Measurement, Transform.Log, "Duration"),
        new(TimeToFirstToken, Unit.Seconds, CharacteristicNature.Measurement, Transform.Log, "Time to first token"),
        new(TimePerOutputToken, Unit.Seconds, CharacteristicNature.Measurement, Transform.Log, "Time per output token"),
        new(TokensPerSecond, Of("{token}/s"), CharacteristicNature.Measurement, Transform.Log, "Tokens per second"),
        new(Error, Unit.Ratio, CharacteristicNature.Event, Transform.None, "Error ratio"),
        new(ErrorShare, Unit.Ratio, CharacteristicNature.Event, Transform.None, "Error share"),
        new(Cost, Of("USD"), CharacteristicNature.Measurement, Transform.Log, "Cost"),
        new("quality_score", Unit.Ratio, CharacteristicNature.Measurement, Transform.None, "Quality score"),

        new("cpu_utilization", Unit.Ratio, CharacteristicNature.HostState, Transform.None, "CPU use"),
        new("memory_used", Of("By"), CharacteristicNature.HostState, Transform.None, "Memory used"),
        new("memory_utilization", Unit.Ratio, CharacteristicNature.HostState, Transform.None, "Memory use"),
        new("disk_utilization", Unit.Ratio, CharacteristicNature.HostState, Transform.None, "Disk use"),
        new("disk_read", Of("By/s"), CharacteristicNature.HostState, Transform.None, "Disk read"),
        new("disk_write", Of("By/s"), CharacteristicNature.HostState, Transform.None, "Disk written"),
        new("network_receive", Of("By/s"), CharacteristicNature.HostState, Transform.None, "Network received"),
        new("network_send", Of("By/s"), CharacteristicNature.HostState, Transform.None, "Network sent"),
        new("gpu_utilization", Unit.Ratio, CharacteristicNature.HostState, Transform.None, "GPU use"),
        new("gpu_memory_used", Of("By"), CharacteristicNature.HostState, Transform.None, "GPU memory used"),
        new("gpu_memory_utilization", Unit.Ratio, CharacteristicNature.HostState, Transform.None, "GPU memory use"),
        new("gpu_temperature", Of("Cel"), CharacteristicNature.HostState, Transform.None, "GPU temperature"),
        new("gpu_power", Of("W"), CharacteristicNature.HostState, Transform.None, "GPU power"),
        new("gpu_clock", Of("Hz"), CharacteristicNature.HostState, Transform.None, "GPU clock"),
        new("gpu_memory_clock", Of("Hz"), CharacteristicNature.HostState, Transform.None, "GPU memory clock"),
        new("gpu_memory_temperature", Of("Cel"), CharacteristicNature.HostState, Transform.None, "GPU memory temperature"),
        new("gpu_tensor_utilization", Unit.Ratio, CharacteristicNature.HostState, Transform.None, "GPU tensor core use"),
        new("gpu_memory_bandwidth_utilization", Unit.Ratio, CharacteristicNature.HostState, Transform.None, "GPU memory bandwidth use"),
    }.ToFrozenDictionary(characteristic => characteristic.Name);

    // What the names of shares end with of which more is better, whatever cache, model or server stands before.
    private static readonly string[] Welcome = ["quality_score", "hit_ratio", "hit_rate", "hit_share", "acceptance_ratio", "acceptance_rate"];

    /// <summary>Whether more of it is worse, as of time, errors and cost; of throughput, quality and cache hits it is better.</summary>
    public bool HigherIsWorse =>
        Unit.Base is not ("{token}/s" or "{request}/s") && !Array.Exists(Welcome, end => Name == end || Name.EndsWith($"_{end}", StringComparison.Ordinal));

    public static Characteristic? Find(string name) => WellKnown.GetValueOrDefault(name);

    /// <summary>A quantity that a user named. Durations are judged on the log scale, everything else as it is.</summary>
    public static Characteristic Custom(string name, Unit unit) =>
        new(name, new Unit(unit.Base, unit.Base, 1), CharacteristicNature.Measurement, unit.IsDuration ? Transform.Log : Transform.None, name.Replace('_', ' '));

    /// <summary>Several characteristics of a source as one, whose values are T2.</summary>
    /// <param name="label">What it is called among those of its source; the names of its characteristics joined by a plus are told as a list.</param>
    public static Characteristic Joint(string label) => new(
        JointPrefix + label, Unit.T2, CharacteristicNature.Joint, Transform.None,
        $"Together: {string.Join(", ", label.Split('+').Select(part => Find(part)?.Title is { } title ? $"{char.ToLowerInvariant(title[0])}{title[1..]}" : part.Replace('_', ' ')))}");

    /// <summary>The joint characteristic of a stored name; null where it is of another nature.</summary>
    internal static Characteristic? FindJoint(string name) => name.StartsWith(JointPrefix, StringComparison.Ordinal) ? Joint(name[JointPrefix.Length..]) : null;

    private static Unit Of(string symbol) =>
        Unit.TryFind(symbol, out var unit) ? unit : throw new ArgumentException($"'{symbol}' is not a known unit.", nameof(symbol));
}

public enum CharacteristicNature : byte
{
    /// <summary>A quantity of each call or observation.</summary>
    Measurement = 0,

    /// <summary>Whether something happened, 1 or 0; a share once it is counted over calls.</summary>
    Event = 1,

    /// <summary>A state of the machine that models run on, read at intervals.</summary>
    HostState = 2,

    /// <summary>Several characteristics of one source together; it has no samples of its own.</summary>
    Joint = 3,
}
