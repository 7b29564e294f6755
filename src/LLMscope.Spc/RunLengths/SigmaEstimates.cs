using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>Unbiased estimates of a sigma, as shares of the true one: their squares are taken to be gamma distributed.</summary>
/// <param name="error">The standard error, as a share of sigma.</param>
internal sealed class SigmaEstimates(double error)
{
    private readonly double _shape = 1 / (4 * error * error);

    // The estimates of sigma are unbiased, so that their squares are not.
    private readonly double _bias = Math.Exp(SpecialFunctions.GammaLn((1 / (4 * error * error)) + 0.5) - SpecialFunctions.GammaLn(1 / (4 * error * error)))
        * 2 * error;

    /// <summary>The quantile at a probability.</summary>
    public double Quantile(double probability) => Math.Sqrt(Gamma.InvCDF(_shape, _shape, probability)) / _bias;
}
