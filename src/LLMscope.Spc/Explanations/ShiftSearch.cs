namespace LLMscope.Spc.Explanations;

/// <summary>
/// Finds where the mean of the scores most likely moved away from zero for good, and by how much.
/// </summary>
/// <remarks>
/// The maximum of (points after)(mean after)^2, which is twice the log-likelihood ratio: Hinkley, Inference about the change-point in a sequence of random
/// variables, Biometrika 57(1), 1970, 1-17. The interval of the size is that of the likelihood profile over all starts.
/// </remarks>
internal static class ShiftSearch
{
    /// <summary>The 90 % quantile of chi-square with one degree of freedom.</summary>
    internal const double ProfileTolerance = 2.705543;

    /// <param name="scores">None missing.</param>
    /// <param name="direction">The side that the shift is looked for on; both where it has none or no start gives it.</param>
    public static (ChangeStart Start, Estimate Shift) Find(ReadOnlySpan<double> scores, ReadOnlySpan<int> indices, Direction direction)
    {
        var gains = new double[scores.Length];
        var means = new double[scores.Length];
        double sum = 0;
        for (var i = scores.Length - 1; i >= 0; i--)
        {
            sum += scores[i];
            means[i] = sum / (scores.Length - i);
            gains[i] = Points(direction, means[i]) ? sum * means[i] : 0;
        }

        var most = Most(gains);
        if (most == 0 && direction != Direction.None)
            return Find(scores, indices, Direction.None);

        return (ChangeStart.From(gains, indices), Size(gains, means, most));
    }

    private static bool Points(Direction direction, double mean)
        => direction == Direction.None || (direction == Direction.Up ? mean > 0 : mean < 0);

    private static Estimate Size(double[] gains, double[] means, double most)
    {
        var (value, lower, upper) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < gains.Length; i++)
        {
            if (gains[i] < most - ProfileTolerance)
                continue;

            var spread = Math.Sqrt((ProfileTolerance - (most - gains[i])) / (gains.Length - i));
            lower = Math.Min(lower, means[i] - spread);
            upper = Math.Max(upper, means[i] + spread);
            if (gains[i] == most)
                value = means[i];
        }

        return new Estimate(value, lower, upper);
    }

    private static double Most(double[] gains)
    {
        double most = 0;
        foreach (var gain in gains)
            most = Math.Max(most, gain);
        return most;
    }
}
