using LLMscope.Spc.Ewma;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>Chooses the limits of an EWMA for the false alarms one is willing to answer.</summary>
public static class EwmaDesign
{
    /// <summary>The distance of the limits, in standard deviations of the average, at which the chart in control has an average run length.</summary>
    /// <param name="averageRunLength">In points, above 2.</param>
    public static double WidthFor(
        double averageRunLength, double lambda, EwmaLimits limits = EwmaLimits.Fixed, Sides sides = Sides.Both)
    {
        if (!(averageRunLength > 2 && double.IsFinite(averageRunLength)))
            throw new ArgumentOutOfRangeException(nameof(averageRunLength), averageRunLength, "False alarms lie more than two points apart.");

        var guess = -Normal.InvCDF(0, 1, 0.5 / averageRunLength);
        return ThresholdSearch.Find(
            width => EwmaRunLength.Mean(new EwmaParameters(lambda, width, limits), sides: sides), averageRunLength, guess);
    }
}
