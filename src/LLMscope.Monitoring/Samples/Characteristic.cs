using System.Collections.Frozen;
using LLMscope.Monitoring.Charts;
using LLMscope.Spc;

namespace LLMscope.Monitoring.Samples;

/// <summary>What a name of a measured quantity means: its unit, whether it can be negative, and how it is charted unless a plan says otherwise.</summary>
/// <param name="Name">For example <c>time_to_first_token</c>.</param>
/// <param name="Unit">The base unit that its values are stored in.</param>
/// <param name="Kind">The chart that it gets by default.</param>
/// <param name="Transform">The scale that it is judged on by default.</param>
/// <param name="Title">How people read it.</param>
public sealed record Characteristic(string Name, Unit Unit, ChartKind Kind, Transform Transform, string Title)
{
    public const string Duration = "duration";
    public const string TimeToFirstToken = "time_to_first_token";
    public const string TimePerOutputToken = "time_per_output_token";
    public const string TokensPerSecond = "tokens_per_second";
    public const string Error = "error";
    public const string Cost = "cost";

    private static readonly FrozenDictionary<string, Characteristic> WellKnown = new Characteristic[]
    {
        new(Duration, Unit.Seconds, ChartKind.Individuals, Transform.Log, "Duration"),
        new(TimeToFirstToken, Unit.Seconds, ChartKind.Individuals, Transform.Log, "Time to first token"),
        new(TimePerOutputToken, Unit.Seconds, ChartKind.Individuals, Transform.Log, "Time per output token"),
        new(TokensPerSecond, Of("{token}/s"), ChartKind.Individuals, Transform.Log, "Tokens per second"),
        new(Error, Unit.Ratio, ChartKind.Proportion, Transform.None, "Error ratio"),
        new(Cost, Of("USD"), ChartKind.Individuals, Transform.Log, "Cost"),
        new("quality_score", Unit.Ratio, ChartKind.Individuals, Transform.None, "Quality score"),

        // The host of a model is context for its violations. Utilisation is so autocorrelated that Nelson rules on it
        // would flag thousands of in-control points in ten thousand; it is recorded and shown, not judged.
        new("cpu_utilization", Unit.Ratio, ChartKind.Record, Transform.None, "CPU use"),
        new("memory_used", Of("By"), ChartKind.Record, Transform.None, "Memory used"),
        new("memory_utilization", Unit.Ratio, ChartKind.Record, Transform.None, "Memory use"),
        new("gpu_utilization", Unit.Ratio, ChartKind.Record, Transform.None, "GPU use"),
        new("gpu_memory_used", Of("By"), ChartKind.Record, Transform.None, "GPU memory used"),
        new("gpu_memory_utilization", Unit.Ratio, ChartKind.Record, Transform.None, "GPU memory use"),
        new("gpu_temperature", Of("Cel"), ChartKind.Record, Transform.None, "GPU temperature"),
        new("gpu_power", Of("W"), ChartKind.Record, Transform.None, "GPU power"),
    }.ToFrozenDictionary(characteristic => characteristic.Name);

    public bool IsHost => Kind == ChartKind.Record;

    public static Characteristic? Find(string name) => WellKnown.GetValueOrDefault(name);

    /// <summary>A quantity that a user named. Durations are judged on the log scale, everything else as it is.</summary>
    public static Characteristic Custom(string name, Unit unit) =>
        new(name, new Unit(unit.Base, unit.Base, 1), ChartKind.Individuals, unit.IsDuration ? Transform.Log : Transform.None, name.Replace('_', ' '));

    private static Unit Of(string symbol) =>
        Unit.TryFind(symbol, out var unit) ? unit : throw new ArgumentException($"'{symbol}' is not a known unit.", nameof(symbol));
}
