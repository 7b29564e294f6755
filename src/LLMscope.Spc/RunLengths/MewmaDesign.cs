using LLMscope.Spc.Multivariate;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>Chooses the limit of a MEWMA for the false alarms one is willing to answer.</summary>
public static class MewmaDesign
{
    /// <summary>The limit of T2, often called h4, at which the chart in control has an average run length.</summary>
    /// <param name="averageRunLength">In points, above 2.</param>
    public static double LimitFor(double averageRunLength, int variables, double lambda)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variables, 2);
        if (!(averageRunLength > 2 && double.IsFinite(averageRunLength)))
            throw new ArgumentOutOfRangeException(nameof(averageRunLength), averageRunLength, "False alarms lie more than two points apart.");

        return ThresholdSearch.Find(
            limit => MewmaRunLength.Mean(variables, new MewmaParameters(lambda, limit)),
            averageRunLength,
            guess: ChiSquared.InvCDF(variables, 1 - (1 / averageRunLength)));
    }
}
