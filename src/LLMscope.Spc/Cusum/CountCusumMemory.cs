namespace LLMscope.Spc.Cusum;

/// <summary>All that one CUSUM of counts remembers between points, 16 bytes. A new one comes from <see cref="CountCusumParameters.Start"/>.</summary>
public record struct CountCusumMemory
{
    /// <summary>The sum that grows while counts are high, at least 0.</summary>
    public double Sum { get; set; }

    /// <summary>How many points came since the sum was last 0, or since the start.</summary>
    public int Points { get; set; }
}
