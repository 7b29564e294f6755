using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Comparison;

/// <summary>How often the values of one sample are larger than those of another, over all pairs.</summary>
/// <param name="U">Pairs in which the later value is larger; ties count half.</param>
/// <param name="TieTerm">The sum of t^3 - t over groups of t equal values of both samples together.</param>
/// <param name="Variance">Cliff's unbiased estimate of the variance of delta; not a number where a sample has only one value.</param>
internal readonly record struct Dominance(int Before, int After, double U, double TieTerm, double Variance)
{
    /// <param name="before">Ascending.</param>
    /// <param name="after">Ascending.</param>
    public static Dominance Of(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        double m = before.Length, n = after.Length, wins = 0, ties = 0, tieTerm = 0, squaresBefore = 0, squaresAfter = 0;
        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
        {
            var value = j == after.Length || (i < before.Length && before[i] < after[j]) ? before[i] : after[j];
            var (endBefore, endAfter) = (End(before, i, value), End(after, j, value));
            double equalBefore = endBefore - i, equalAfter = endAfter - j;
            var equal = equalBefore + equalAfter;
            tieTerm += (equal * equal * equal) - equal;
            wins += equalAfter * i;
            ties += equalAfter * equalBefore;

            var ofAfter = (i - (m - endBefore)) / m;
            var ofBefore = (n - endAfter - j) / n;
            squaresAfter += equalAfter * ofAfter * ofAfter;
            squaresBefore += equalBefore * ofBefore * ofBefore;
            (i, j) = (endBefore, endAfter);
        }

        var u = wins + (ties / 2);
        var delta = (2 * u / (m * n)) - 1;
        var pairs = (m * n) - ties - (m * n * delta * delta);
        var variance = ((n * n * (squaresBefore - (m * delta * delta))) + (m * m * (squaresAfter - (n * delta * delta))) - pairs)
            / (m * n * (m - 1) * (n - 1));
        return new Dominance(before.Length, after.Length, u, tieTerm, variance);
    }

    public Estimate Delta(double confidence)
    {
        double pairs = (double)Before * After, delta = (2 * U / pairs) - 1;
        if (double.IsNaN(Variance) || double.IsInfinity(Variance))
            return new Estimate(delta, -1, 1);

        var z = -Normal.InvCDF(0, 1, (1 - confidence) / 2);
        if (Math.Abs(delta) == 1)
        {
            // Without an overlap there is no variance to see; the smaller sample bounds how rare an overlap is.
            var fewest = Math.Min(Before, After);
            var bound = (fewest - (z * z)) / (fewest + (z * z));
            return delta > 0 ? new Estimate(1, bound, 1) : new Estimate(-1, -1, -bound);
        }

        // Cliff's lower bound, since the unbiased estimate can fall below zero.
        var uncertainty = z * z * Math.Max(Variance, (1 - (delta * delta)) / (pairs - 1));
        var middle = delta * (1 - (delta * delta));
        var spread = Math.Sqrt(uncertainty * (((1 - (delta * delta)) * (1 - (delta * delta))) + uncertainty));
        var scale = 1 - (delta * delta) + uncertainty;
        return new Estimate(delta, Math.Max(-1, (middle - spread) / scale), Math.Min(1, (middle + spread) / scale));
    }

    private static int End(ReadOnlySpan<double> values, int from, double value)
    {
        while (from < values.Length && values[from] == value)
            from++;
        return from;
    }
}
