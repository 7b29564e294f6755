namespace LLMscope.Spc.Rules;

/// <summary>A set of Nelson's eight rules. Nelson, Journal of Quality Technology 16(4), 1984, 237-239.</summary>
[Flags]
public enum RuleSet : byte
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
    All = 255,
}
