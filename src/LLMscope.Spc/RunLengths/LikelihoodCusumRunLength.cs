using LLMscope.Spc.Attributes;
using LLMscope.Spc.Cusum;

namespace LLMscope.Spc.RunLengths;

/// <summary>How many points a CUSUM of likelihood ratios takes on average until its first signal.</summary>
/// <remarks>
/// A Markov chain over evenly spaced sums, between which each point's step is shared so that its mean is kept: within about a percent of exact
/// chains where points have one size and sums lie on a lattice. The sizes of points follow each other by chance.
/// </remarks>
public static class LikelihoodCusumRunLength
{
    private const int FewestStates = 120, MostStates = 300;

    // Counts farther out than so many standard deviations, and thirty, do not come.
    private const double Reach = 9, AtLeast = 30;

    // Neighbouring counts of large points are taken together.
    private const int MostCounts = 300;

    private const int MostSizes = 8;

    /// <summary>Of both sides, as if they never signalled together; infinite where neither does.</summary>
    public static double Mean(LikelihoodCusum cusum, CountProcess process, PointSizes sizes)
    {
        ArgumentNullException.ThrowIfNull(cusum);
        return 1 / (Rate(cusum.Rise, cusum.H, cusum.Most, process, sizes) + Rate(cusum.Fall, cusum.H, cusum.Most, process, sizes));
    }

    /// <summary>Signals a point of one side: one over its average run length.</summary>
    /// <param name="most">The most that one point adds.</param>
    public static double Rate(LikelihoodStep? step, double threshold, double most, CountProcess process, PointSizes sizes)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(sizes);
        if (step is null)
            return 0;

        var steps = Steps(step, most, process, sizes.Thinned(MostSizes));
        var typical = Math.Sqrt(steps.Sum(one => one.Probability * one.Size * one.Size));
        var last = Math.Clamp((int)(8 * threshold / Math.Max(typical, 1e-9)), FewestStates, MostStates) - 1;
        var spacing = threshold / last;
        var moves = new double[(last + 1) * (last + 1)];
        var exits = new double[last + 1];
        for (var state = 0; state <= last; state++)
            exits[state] = Move(steps, state, spacing, last, moves.AsSpan(state * (last + 1), last + 1));

        return 1 / new AbsorbingChain(moves, exits).MeanFrom(moves[..(last + 1)]);
    }

    /// <returns>The probability of a signal.</returns>
    private static double Move((double Size, double Probability)[] steps, int state, double spacing, int last, Span<double> to)
    {
        double exit = 0;
        foreach (var (size, probability) in steps)
        {
            var place = state + (size / spacing);
            if (place <= 0)
            {
                to[0] += probability;
                continue;
            }

            if (place > last)
            {
                exit += probability;
                continue;
            }

            var below = Math.Min((int)place, last - 1);
            to[below] += probability * (below + 1 - place);
            to[below + 1] += probability * (place - below);
        }

        return exit;
    }

    private static (double Size, double Probability)[] Steps(LikelihoodStep step, double most, CountProcess process, PointSizes sizes)
    {
        var steps = new List<(double, double)>();
        foreach (var (size, share) in sizes.All)
        {
            var (mean, reach) = (size * process.Rate, (Reach * process.Deviation(size)) + AtLeast);
            var (first, last) = (Math.Max(0, Math.Floor(mean - reach)), Math.Ceiling(Math.Min(mean + reach, size * process.MostRate)));
            var stride = Math.Max(1, Math.Ceiling((last - first + 1) / MostCounts));
            for (var count = first; count <= last; count += stride)
            {
                // Small probabilities keep their digits as differences of small ones only.
                var upTo = count + stride - 1;
                var probability = count > mean
                    ? process.Above(size, count - 1) - (upTo >= last ? 0 : process.Above(size, upTo))
                    : (upTo >= last ? 1 : process.Below(size, upTo + 1)) - (count == first ? 0 : process.Below(size, count));
                if (probability > 0)
                    steps.Add((Math.Min(most, step.Of(count + ((stride - 1) / 2), size)), share * probability));
            }
        }

        return [.. steps];
    }
}
