using MathNet.Numerics;

namespace LLMscope.Spc.Multivariate;

/// <summary>The far end of the F distribution: the ready-made inverse looks no further than 1,000, which rare alarms and small baselines exceed.</summary>
internal static class FisherTail
{
    /// <summary>What F exceeds with a probability in (0, 1).</summary>
    public static double Quantile(double above, double below, double probability)
    {
        if (!(probability is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");

        // On the logarithm of F, halved until no number lies between: from 1e-130 to 1e130.
        double low = -300, high = 300;
        while ((low + high) / 2 is var middle && middle > low && middle < high)
        {
            if (Exceeds(above, below, Math.Exp(middle)) > probability)
                low = middle;
            else
                high = middle;
        }

        return Math.Exp(high);
    }

    /// <summary>How probable it is that F exceeds a value above 0.</summary>
    public static double Exceeds(double above, double below, double value)
        => SpecialFunctions.BetaRegularized(below / 2, above / 2, below / (below + (above * value)));
}
