using LLMscope.Spc.Cusum;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>Chooses the threshold of a CUSUM for the false alarms one is willing to answer.</summary>
public static class CusumDesign
{
    /// <summary>The threshold at which the chart in control, from sums of 0, has an average run length.</summary>
    /// <param name="averageRunLength">
    /// In points. Above that of a threshold of 0, where every score beyond k signals, and below that of the control limits alone.
    /// </param>
    /// <param name="k1">The control limits of R1 on the same scores, in standard deviations; infinite for none.</param>
    public static double ThresholdFor(
        double averageRunLength, double k, double k1 = double.PositiveInfinity, Sides sides = Sides.Both)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k1);
        var (tail, limits) = (Normal.CDF(0, 1, -Math.Min(k, k1)), 2 * Normal.CDF(0, 1, -k1));
        var shortest = 1 / (sides == Sides.Both ? 2 * tail : tail + (limits / 2));
        if (!(averageRunLength > shortest && averageRunLength * limits < 1 && double.IsFinite(averageRunLength)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(averageRunLength), averageRunLength, $"With this k and k1 it lies between {shortest:0.###} and {1 / limits:0.###}.");
        }

        return ThresholdSearch.Find(
            h => CusumRunLength.Mean(new CusumParameters(k, h), k1: k1, sides: sides), averageRunLength, Guess());

        // Siegmund's approximation (exp(2kb) - 2kb - 1) / 2k^2 with b = h + 1.166, its leading term.
        double Guess()
        {
            var oneSide = sides == Sides.Both ? 2 * averageRunLength : averageRunLength;
            var b = k < 0.01 ? Math.Sqrt(oneSide) : Math.Log(1 + (2 * k * k * oneSide) + (2 * k * Math.Sqrt(oneSide))) / (2 * k);
            return Math.Max(0.1, b - 1.166);
        }
    }
}
