using LLMscope.Spc.Ewma;

namespace LLMscope.Spc.RunLengths;

/// <summary>How many points an EWMA of independent normal scores takes until its first signal, started on target.</summary>
/// <remarks>The first point and all after it have the shift. Nine digits for limits of the steady state, eight for exact ones.</remarks>
public static class EwmaRunLength
{
    /// <summary>The average run length, in points.</summary>
    /// <param name="shift">Of the mean of all scores, in standard deviations of the chart.</param>
    /// <param name="spread">The standard deviation of the scores, in those of the chart.</param>
    /// <param name="sides">The sides whose signals count; exact limits are answered for both sides only.</param>
    public static double Mean(
        EwmaParameters parameters, double shift = 0, double spread = 1, Sides sides = Sides.Both, Accuracy accuracy = Accuracy.Full)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spread);
        var chain = new EwmaChain(parameters, sides, shift, spread, accuracy);
        if (parameters.Limits == EwmaLimits.Fixed)
            return chain.Chain.MeanFrom(chain.First);

        RefuseOneSide(sides);
        double mean = 1;
        var times = chain.Chain.MeanTimes();
        var settled = SettledAfter(parameters);
        foreach (var alive in chain.StartUp(points => WidthAfter(parameters, points)).Take(settled).Index())
        {
            // Once the limits stand, the rest is that of limits which always stood.
            mean += alive.Index == settled - 1 ? AbsorbingChain.Dot(alive.Item, times) : alive.Item.Sum();
        }

        return double.IsNaN(mean) ? double.PositiveInfinity : mean;
    }

    /// <summary>The whole distribution of the run length.</summary>
    /// <inheritdoc cref="Mean"/>
    public static RunLength Of(EwmaParameters parameters, double shift = 0, double spread = 1, Sides sides = Sides.Both)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spread);
        var chain = new EwmaChain(parameters, sides, shift, spread, Accuracy.Full);
        if (parameters.Limits == EwmaLimits.Fixed)
            return RunLength.Of(chain.Chain.Survival(chain.First), window: 5);

        RefuseOneSide(sides);
        return RunLength.Of(
            chain.StartUp(points => WidthAfter(parameters, points)).Select(alive => alive.Sum()).Prepend(1), window: 5);
    }

    private static double WidthAfter(EwmaParameters parameters, int points)
        => parameters.SteadyWidth * Math.Sqrt(1 - Math.Pow(1 - parameters.Lambda, 2 * points));

    // After so many points the limits are within a relative 1e-11 of where they will stand.
    private static int SettledAfter(EwmaParameters parameters)
        => parameters.Lambda == 1 ? 1 : 1 + (int)Math.Ceiling(Math.Log(2e-11) / (2 * Math.Log(1 - parameters.Lambda)));

    private static void RefuseOneSide(Sides sides)
    {
        if (sides != Sides.Both)
            throw new ArgumentException("The run length with exact limits is computed for both sides only.", nameof(sides));
    }
}
