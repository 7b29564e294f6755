namespace LLMscope.Spc;

/// <summary>The side to which a signal points; <see cref="None"/> where a rule has no side.</summary>
public enum Direction : byte
{
    None,
    Up,
    Down,
}
