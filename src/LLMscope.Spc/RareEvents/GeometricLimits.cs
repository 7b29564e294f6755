namespace LLMscope.Spc.RareEvents;

/// <summary>Exact zone lines for the number of units without an event between two with it, from the geometric distribution on 0, 1, 2, ...</summary>
/// <remarks>Kaminsky, Benneyan, Davis and Burke, Statistical control charts based on a geometric distribution, Journal of Quality Technology 24(2), 1992, 63-69.</remarks>
public static class GeometricLimits
{
    /// <summary>The line that at most a share of Phi(-k) of gaps exceeds, half way between two counts.</summary>
    /// <param name="probability">The probability of the event in one unit, in (0, 1].</param>
    /// <param name="k">A positive number of standard deviations, which stands for the tail Phi(-k).</param>
    public static double Upper(double probability, double k)
        => Math.Max(0, Math.Ceiling(CumulativeHazard.At(k) / Hazard(probability)) - 1) + 0.5;

    /// <summary>The line that at most a share of Phi(-k) of gaps falls below; negative where not even a gap of zero is improbable enough.</summary>
    /// <inheritdoc cref="Upper"/>
    public static double Lower(double probability, double k)
        => Math.Floor(CumulativeHazard.At(-k) / Hazard(probability)) - 0.5;

    /// <summary>The line that leaves the more equal halves, at least 0.5.</summary>
    /// <inheritdoc cref="Upper"/>
    public static double Median(double probability)
    {
        var count = Math.Max(0, Math.Round(Math.Log(2) / Hazard(probability)) - 1);
        return Math.Abs(Above(probability, count) - 0.5) <= Math.Abs(Above(probability, count + 1) - 0.5) ? count + 0.5 : count + 1.5;
    }

    /// <summary>P(X > count) = (1 - p)^(count + 1), for a whole count.</summary>
    public static double Above(double probability, double count) => count < 0 ? 1 : Math.Exp(-Hazard(probability) * (count + 1));

    /// <summary>P(X &lt; count).</summary>
    public static double Below(double probability, double count) => count <= 0 ? 0 : 1 - Math.Exp(-Hazard(probability) * count);

    // -ln(1 - p), infinite for an event in every unit.
    private static double Hazard(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        return CumulativeHazard.OfProbability(probability);
    }
}
