namespace LLMscope.Spc.Explanations;

/// <summary>Finds where the spread of the scores around zero most likely changed from one, and to what.</summary>
/// <remarks>
/// With n points after the start and v their mean square, twice the log-likelihood of a variance w over that of one is n (v - v / w - ln w), which is
/// largest for w = v: Hawkins and Zamba, A change-point model for a shift in variance, Journal of Quality Technology 37(1), 2005, 21-31.
/// </remarks>
internal static class SpreadSearch
{
    /// <summary>Values that never move have no variance; their likelihood is cut off here.</summary>
    private const double LeastVariance = 1e-12;

    /// <param name="scores">None missing, and at least as many as the window has points.</param>
    /// <param name="window">Points that the rule looked at, which all belong to the change.</param>
    /// <returns>The ratio of the standard deviations, after over before.</returns>
    public static (ChangeStart Start, Estimate Ratio) Find(ReadOnlySpan<double> scores, ReadOnlySpan<int> indices, int window)
    {
        var places = scores.Length - window + 1;
        var gains = new double[places];
        var variances = new double[places];
        double sum = 0;
        for (var i = scores.Length - 1; i >= 0; i--)
        {
            sum += scores[i] * scores[i];
            if (i < places)
            {
                variances[i] = Math.Max(LeastVariance, sum / (scores.Length - i));
                gains[i] = Gain(variances[i], variances[i], scores.Length - i);
            }
        }

        return (ChangeStart.From(gains, indices[..places]), Ratio(gains, variances, scores.Length));
    }

    private static double Gain(double variance, double candidate, int points)
        => points * (variance - (variance / candidate) - Math.Log(candidate));

    private static Estimate Ratio(double[] gains, double[] variances, int count)
    {
        var best = Array.IndexOf(gains, gains.Max());
        var needed = gains[best] - ShiftSearch.ProfileTolerance;
        var (lower, upper) = (variances[best], variances[best]);
        for (var i = 0; i < gains.Length; i++)
        {
            if (gains[i] < needed)
                continue;

            lower = Math.Min(lower, Edge(variances[i], count - i, needed, -1));
            upper = Math.Max(upper, Edge(variances[i], count - i, needed, 1));
        }

        return new Estimate(variances[best], lower, upper).Map(Math.Sqrt);
    }

    // The gain falls on either side of its maximum, so the edge is found by halving the logarithm of the variance.
    private static double Edge(double variance, int points, double needed, int side)
    {
        double inside = 0, outside = side * 30;
        for (var step = 0; step < 50; step++)
        {
            var middle = (inside + outside) / 2;
            if (Gain(variance, variance * Math.Exp(middle), points) >= needed)
                inside = middle;
            else
                outside = middle;
        }

        return variance * Math.Exp(inside);
    }
}
