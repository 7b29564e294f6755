namespace LLMscope.Spc.Cusum;

/// <summary>
/// What a point of counted events adds to a sum that looks for another rate: the logarithm of how much likelier its events are there than at the usual one.
/// </summary>
/// <remarks>
/// For a point of n units and x events it is x d - n c, whatever the sizes of the points: of the binomial distribution with d the logarithm of the ratio of the odds
/// and c = ln(1 + p (e^d - 1)), of the Poisson distribution with d that of the ratio of the rates and c = r (e^d - 1).
/// </remarks>
/// <param name="From">The usual rate.</param>
/// <param name="To">The rate that is looked for.</param>
/// <param name="PerEvent">What an event adds; negative where a fall is looked for.</param>
/// <param name="PerUnit">What each unit takes away; negative where a fall is looked for.</param>
public sealed record LikelihoodStep(double From, double To, double PerEvent, double PerUnit)
{
    /// <summary>Of a probability, strictly between 0 and 1.</summary>
    /// <param name="shift">Of the logarithm of its odds.</param>
    public static LikelihoodStep Binomial(double probability, double shift)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        var growth = 1 + (probability * (Math.Exp(shift) - 1));
        return new LikelihoodStep(probability, probability * Math.Exp(shift) / growth, shift, Math.Log(growth));
    }

    /// <summary>Of a rate above 0.</summary>
    /// <param name="shift">Of its logarithm.</param>
    public static LikelihoodStep Poisson(double rate, double shift)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        return new LikelihoodStep(rate, rate * Math.Exp(shift), shift, rate * (Math.Exp(shift) - 1));
    }

    public double Of(double events, double size) => (events * PerEvent) - (size * PerUnit);
}
