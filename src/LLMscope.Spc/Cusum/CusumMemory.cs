namespace LLMscope.Spc.Cusum;

/// <summary>All that one two-sided CUSUM remembers between points, 24 bytes. A new one comes from <see cref="CusumParameters.Start"/>.</summary>
public record struct CusumMemory
{
    /// <summary>The sum that grows while scores are high, at least 0.</summary>
    public double Upper { get; set; }

    /// <summary>The sum that grows while scores are low, at least 0.</summary>
    public double Lower { get; set; }

    /// <summary>How many points came since the upper sum was last 0, or since the start.</summary>
    public int UpperPoints { get; set; }

    /// <summary>How many points came since the lower sum was last 0, or since the start.</summary>
    public int LowerPoints { get; set; }
}
