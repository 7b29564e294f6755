using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Scoring;

/// <summary>
/// Empirical normal scores: the curve on which the values of a baseline are standard normal, whatever their distribution. The middle
/// follows the sorted values, the tails a <see cref="ParetoTail"/>.
/// </summary>
/// <remarks>
/// The share p of the middle is taken at rank p (m + 1), for which the probability of the next value to lie below is exactly p on average over
/// baselines of any continuous distribution (David and Nagaraja, Order Statistics, 3rd ed., 2003, section 2.5). Limits from it hold their
/// announced rate where plug-in quantiles signal too often.
/// </remarks>
public static class NormalScores
{
    /// <summary>Fewer values say too little of their distribution.</summary>
    public const int FewestValues = 50;

    // Scores beyond are extrapolated straight: a signal is certain there whatever the budget.
    private const double FarthestScore = 7.5;
    private const double BodyStep = 0.125;
    private const double TailStep = 0.25;

    // With less than this share of the values that should lie beyond a threshold some are equal to it.
    private const double Tied = 0.9;

    /// <param name="values">At least <see cref="FewestValues"/> finite ones, not all the same, in any order.</param>
    public static ScoreCurve Estimate(ReadOnlySpan<double> values)
    {
        if (values.Length < FewestValues)
            throw new ArgumentException($"Scores need at least {FewestValues} values, not {values.Length}.", nameof(values));

        var sorted = values.ToArray();
        Array.Sort(sorted);
        if (!(sorted[^1] > sorted[0]))
            throw new ArgumentException("Values that are all the same have no scores.", nameof(values));

        // The tails begin where thirty values are left, in a large baseline at one in twenty, in a small one at one in seven.
        var share = Math.Clamp(30.0 / sorted.Length, 0.05, 0.15);
        var edge = -Normal.InvCDF(0, 1, share);
        var (lower, upper) = (Quantile(sorted, share), Quantile(sorted, 1 - share));

        var knots = new List<(double Value, double Score)>();
        AddTail(knots, Excesses(sorted, lower, -1), lower, -1, share, sorted.Length);
        knots.Reverse();
        knots.Add((lower, -edge));
        for (var score = Math.Ceiling((0.01 - edge) / BodyStep) * BodyStep; score < edge - 0.01; score += BodyStep)
            knots.Add((Quantile(sorted, Normal.CDF(0, 1, score)), score));
        knots.Add((upper, edge));
        AddTail(knots, Excesses(sorted, upper, 1), upper, 1, share, sorted.Length);
        return Through(knots, sorted);
    }

    /// <summary>The value at rank share (m + 1), between neighbours in proportion.</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        var rank = Math.Clamp((share * (sorted.Length + 1)) - 1, 0, sorted.Length - 1);
        var below = (int)Math.Min(rank, sorted.Length - 2);
        return sorted[below] + ((rank - below) * (sorted[below + 1] - sorted[below]));
    }

    private static void AddTail(List<(double Value, double Score)> knots, double[] excesses, double threshold, int side, double share, int count)
    {
        if (excesses.Length == 0 || excesses[^1] <= 0)
            return; // Many equal values end the range; the curve goes on with the slope that it has.

        // Where values at the threshold are equal fewer lie beyond it, and the tail begins half way to the first that does.
        if (excesses.Length < Tied * share * count)
        {
            var half = excesses[0] / 2;
            excesses = Array.ConvertAll(excesses, excess => excess - half);
            (threshold, share) = (threshold + (side * half), excesses.Length / (count + 1.0));
        }

        var tail = new ParetoTail(excesses);
        double excess = 0;
        for (var score = (Math.Floor(-Normal.InvCDF(0, 1, share) / TailStep) + 1) * TailStep; score <= FarthestScore; score += TailStep)
        {
            excess = tail.Excess(Normal.CDF(0, 1, -score) / share, excess);
            knots.Add((threshold + (side * excess), side * score));
        }
    }

    private static double[] Excesses(double[] sorted, double threshold, int side)
    {
        var excesses = new List<double>();
        foreach (var value in sorted)
        {
            if (side * (value - threshold) > 0)
                excesses.Add(side * (value - threshold));
        }

        excesses.Sort();
        return [.. excesses];
    }

    // Equal values give equal knots. Of a step the curve keeps the middle, and rises through it.
    private static ScoreCurve Through(List<(double Value, double Score)> knots, double[] sorted)
    {
        var least = 1e-9 * Math.Max(sorted[^1] - sorted[0], 1e-300);
        var values = new List<double>(knots.Count);
        var scores = new List<double>(knots.Count);
        for (var first = 0; first < knots.Count;)
        {
            var last = first;
            while (last + 1 < knots.Count && knots[last + 1].Value - knots[first].Value <= least)
                last++;
            values.Add(knots[first].Value);
            scores.Add((knots[first].Score + knots[last].Score) / 2);
            first = last + 1;
        }

        return new ScoreCurve(values, scores);
    }
}
