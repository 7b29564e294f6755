using LLMscope.Spc.Multivariate;

namespace LLMscope.Spc.RunLengths;

/// <summary>How many points a MEWMA of independent normal observations with known mean and covariance takes until its first signal.</summary>
/// <remarks>It depends on a change of the mean only through its Mahalanobis length (Lowry et al., Technometrics 34(1), 1992, 46-53).</remarks>
public static class MewmaRunLength
{
    /// <summary>The average run length, in points, from averages on target.</summary>
    /// <param name="variables">How many variables an observation has, at least 2.</param>
    /// <param name="shift">The Mahalanobis length of the shift of the mean of all observations, at least 0.</param>
    public static double Mean(int variables, MewmaParameters parameters, double shift = 0)
    {
        var chain = Chain(variables, parameters, shift);
        return chain.Chain.MeanFrom(chain.First);
    }

    /// <summary>The whole distribution of the run length.</summary>
    /// <inheritdoc cref="Mean"/>
    public static RunLength Of(int variables, MewmaParameters parameters, double shift = 0)
    {
        var chain = Chain(variables, parameters, shift);
        return RunLength.Of(chain.Chain.Survival(chain.First), window: 5);
    }

    private static MewmaChain Chain(int variables, MewmaParameters parameters, double shift)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(variables, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(shift);
        return new MewmaChain(variables, parameters, shift);
    }
}
