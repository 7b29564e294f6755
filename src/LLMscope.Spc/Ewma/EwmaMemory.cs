namespace LLMscope.Spc.Ewma;

/// <summary>All that one EWMA remembers between points, 16 bytes. The default value is a chart before its first point.</summary>
public record struct EwmaMemory
{
    /// <summary>The average, in standard deviations from the target.</summary>
    public double Average { get; set; }

    /// <summary>The variance of the average as a share of that in the steady state, 1 - (1 - lambda)^2n after n points.</summary>
    public double StartUp { get; set; }

    /// <summary>Forgets everything: the next point is the first of a segment.</summary>
    public void Break() => this = default;
}
