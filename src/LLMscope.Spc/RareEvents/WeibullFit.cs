using MathNet.Numerics.RootFinding;

namespace LLMscope.Spc.RareEvents;

/// <summary>The maximum likelihood estimate of a Weibull distribution.</summary>
/// <remarks>Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, volume 1, 2nd ed., 1994, section 21.4.</remarks>
internal static class WeibullFit
{
    // Shapes beyond are those of times that hardly vary, or that span hundreds of powers of ten.
    private const double LeastShape = 1e-3;
    private const double LargestShape = 1e3;

    /// <param name="times">Positive times that are not all the same, in any unit.</param>
    /// <returns>Scale in the unit of the times, and shape; null where the likelihood has no maximum at a sensible shape.</returns>
    public static (double Scale, double Shape)? Of(double[] times)
    {
        // Times over their geometric mean: no power of them overflows early, and the scale drops out of the equation.
        var logarithms = Array.ConvertAll(times, Math.Log);
        var mean = logarithms.Average();
        var centred = Array.ConvertAll(logarithms, logarithm => logarithm - mean);
        var largest = centred.Max();
        if (Slope(LeastShape) > 0 || Slope(LargestShape) < 0)
            return null;

        var shape = Brent.FindRoot(Slope, LeastShape, LargestShape, accuracy: 1e-13, maxIterations: 200);
        var power = centred.Average(logarithm => Math.Exp(shape * (logarithm - largest)));
        return (Math.Exp(mean + largest + (Math.Log(power) / shape)), shape);

        // The derivative of the likelihood by the shape, which falls through zero once; here with the opposite sign.
        double Slope(double shape)
        {
            double powers = 0, weighted = 0;
            foreach (var logarithm in centred)
            {
                var term = Math.Exp(shape * (logarithm - largest));
                powers += term;
                weighted += term * logarithm;
            }

            return (weighted / powers) - (1 / shape);
        }
    }
}
