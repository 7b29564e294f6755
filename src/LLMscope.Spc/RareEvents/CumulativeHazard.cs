using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RareEvents;

/// <summary>What turns a normal quantile into one of a waiting time: -ln Phi(-k), the quantile Phi(k) of an exponential time of mean 1.</summary>
internal static class CumulativeHazard
{
    /// <param name="k">A signed number of standard deviations.</param>
    public static double At(double k) => k > 0 ? -Math.Log(Normal.CDF(0, 1, -k)) : OfProbability(Normal.CDF(0, 1, k));

    /// <summary>-ln(1 - p), with all digits for small p.</summary>
    public static double OfProbability(double probability) => 2 * Math.Atanh(probability / (2 - probability));
}
