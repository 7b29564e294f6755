using System.Runtime.InteropServices;

namespace LLMscope.Spc.Prediction;

/// <summary>What is known of a point beside its value. Token counts are means where a point stands for several calls, and not a number where unknown.</summary>
/// <param name="Time">In UTC.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PointContext(DateTime Time, double InputTokens, double OutputTokens, double CachedTokens)
{
    /// <summary>Nothing is known.</summary>
    public static PointContext None { get; } = new(default, double.NaN, double.NaN, double.NaN);

    public static PointContext At(DateTime time) => None with { Time = time };

    /// <summary>Whether the length of prompt and answer is known. A number of cached tokens that nobody told is none.</summary>
    public bool HasTokens => double.IsFinite(InputTokens) && double.IsFinite(OutputTokens);
}
