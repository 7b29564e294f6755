namespace LLMscope.Spc.Rules;

/// <summary>
/// What the rules remember of a segment, to be stored and restored. Each history holds one bit a point, the newest lowest.
/// It is a function of the last <see cref="RuleParameters.LongestWindow"/> points of the segment and of the chart's lines.
/// </summary>
/// <param name="Previous">The last point, or null at the start of a segment.</param>
public readonly record struct RunMemory(
    double? Previous,
    uint AboveCentre, uint BelowCentre,
    uint Rising, uint Falling,
    uint Above5, uint Below5,
    uint Above6, uint Below6,
    uint Within7,
    uint Above8, uint Below8);
