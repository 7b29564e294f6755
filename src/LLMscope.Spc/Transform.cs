namespace LLMscope.Spc;

/// <summary>The scale on which a characteristic is treated as normal: its own, or its natural logarithm.</summary>
public enum Transform : byte
{
    None,
    Log,
}
