namespace LLMscope.Spc.Attributes;

/// <summary>One point of a u chart: how much was looked at, in any unit such as thousands of tokens or hours, and how many events there were.</summary>
public readonly record struct RateSubgroup(double Exposure, int Events)
{
    /// <summary>The plotted rate, or not a number where there was no exposure.</summary>
    public double Rate => Exposure > 0 ? Events / Exposure : double.NaN;
}
