namespace LLMscope.Spc.RunLengths;

/// <summary>The sides of a chart whose signals count.</summary>
public enum Sides : byte
{
    Both,
    Upper,
    Lower,
}
