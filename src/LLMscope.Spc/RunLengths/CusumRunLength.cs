using LLMscope.Spc.Cusum;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// How many points a CUSUM of independent normal scores takes until its first signal, alone or together with the control limits of R1.
/// </summary>
/// <remarks>
/// The first point and all after it have the shift. Both sides: Kemp, Journal of the Royal Statistical Society B 23, 1961, 149-153, and with a
/// head start Lucas and Crosier, Technometrics 24(3), 1982, 199-205, here with control limits that both sides share. The cap of the sums
/// plays no part before the first signal.
/// </remarks>
public static class CusumRunLength
{
    /// <summary>The average run length, in points: nine digits, with control limits eight.</summary>
    /// <param name="shift">Of the mean of all scores, in standard deviations of the chart.</param>
    /// <param name="spread">The standard deviation of the scores, in those of the chart.</param>
    /// <param name="k1">A score beyond this many standard deviations on either side signals too; infinite for the CUSUM alone.</param>
    public static double Mean(
        CusumParameters parameters,
        double shift = 0,
        double spread = 1,
        double k1 = double.PositiveInfinity,
        Sides sides = Sides.Both,
        Accuracy accuracy = Accuracy.Full)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spread);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k1);
        var upper = sides == Sides.Lower ? default : OneSide(parameters, shift, spread, k1, accuracy);
        var lower = sides == Sides.Upper ? default
            : shift == 0 && sides == Sides.Both ? upper
            : OneSide(parameters, -shift, spread, k1, accuracy);
        if (sides != Sides.Both)
            return sides == Sides.Upper ? upper.FromStart : lower.FromStart;

        // With p for a score beyond the control limits, which both sides see, 1 / mean = 1 / upper + 1 / lower - p without a head start.
        var rates = (1 / upper.FromZero) + (1 / lower.FromZero) - Beyond(shift, spread, k1);
        return (upper.HeadStartShare + lower.HeadStartShare - 1) / rates;
    }

    /// <summary>The whole distribution of the run length.</summary>
    /// <inheritdoc cref="Mean"/>
    public static RunLength Of(
        CusumParameters parameters, double shift = 0, double spread = 1, double k1 = double.PositiveInfinity, Sides sides = Sides.Both)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spread);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k1);
        var survival = sides switch
        {
            Sides.Upper => Survival(parameters, shift, spread, k1, parameters.HeadStart),
            Sides.Lower => Survival(parameters, -shift, spread, k1, parameters.HeadStart),
            _ => TwoSidedSurvival.Of(
                side => start => Survival(parameters, side * shift, spread, k1, start), parameters.HeadStart, Beyond(shift, spread, k1)),
        };
        return RunLength.Of(survival, window: 5);
    }

    private static IEnumerable<double> Survival(CusumParameters parameters, double shift, double spread, double k1, double start)
    {
        var chain = new CusumChain(parameters.K, parameters.H, k1, shift, spread, Accuracy.Full);
        return chain.Chain.Survival(chain.From(start));
    }

    private static (double FromZero, double FromStart, double HeadStartShare) OneSide(
        CusumParameters parameters, double shift, double spread, double k1, Accuracy accuracy)
    {
        var chain = new CusumChain(parameters.K, parameters.H, k1, shift, spread, accuracy);
        var start = chain.From(parameters.HeadStart);
        var times = chain.Chain.MeanTimes();
        var fromStart = parameters.HeadStart == 0 ? times[0] : 1 + AbsorbingChain.Dot(start, times);
        return double.IsFinite(times[0]) && double.IsFinite(fromStart)
            ? (times[0], fromStart, fromStart / times[0])
            : (double.PositiveInfinity, double.PositiveInfinity, 1);
    }

    private static double Beyond(double shift, double spread, double k1)
        => Normal.CDF(0, 1, (shift - k1) / spread) + Normal.CDF(0, 1, (-shift - k1) / spread);
}
