namespace LLMscope.Spc.Rules;

/// <summary>
/// A set of rules: Nelson's eight (Journal of Quality Technology 16(4), 1984, 237-239) and the detectors beside them, which keep a sum, an
/// average or a level instead of a window of points.
/// </summary>
[Flags]
public enum RuleSet : ushort
{
    None = 0,
    R1 = 1,
    R2 = 2,
    R3 = 4,
    R4 = 8,
    R5 = 16,
    R6 = 32,
    R7 = 64,
    R8 = 128,

    /// <summary>Nelson's eight, without the detectors.</summary>
    All = 255,

    Cusum = 0x100,
    Ewma = 0x200,

    /// <summary>The forecast level left the range of the baseline for long.</summary>
    Level = 0x400,
}
