namespace LLMscope.Spc.Individuals;

/// <summary>Estimates of location and spread, each scaled to be the standard deviation of independent normal values.</summary>
internal static class RobustScale
{
    public static double Median(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median distance from the median.</summary>
    public static double MedianAbsoluteDeviation(ReadOnlySpan<double> values, double median)
    {
        var distances = new double[values.Length];
        for (var i = 0; i < distances.Length; i++)
            distances[i] = Math.Abs(values[i] - median);
        return ChartConstants.MadScale * Median(distances);
    }

    /// <summary>The mean moving range divided by d2.</summary>
    public static double MeanMovingRange(ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (var i = 1; i < values.Length; i++)
            sum += Math.Abs(values[i] - values[i - 1]);
        return sum / (values.Length - 1) / ChartConstants.D2;
    }

    /// <summary>
    /// Gini's mean difference, the mean distance of all pairs, times sqrt(pi) / 2. It is positive wherever two values differ.
    /// </summary>
    /// <remarks>
    /// Gerstenberger and Vogel, On the efficiency of Gini's mean difference, Statistical Methods and Applications 24, 2015, 569-596:
    /// 98 % as efficient as the standard deviation on normal values, more so on heavy tails, where an outlier enters in the first power only.
    /// </remarks>
    public static double MeanDifference(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var count = sorted.Length;

        // The sum over pairs of sorted values counts each one as often as it is the larger less as it is the smaller.
        // Deviations from the median keep the sum free of cancellation.
        var median = Median(sorted);
        double sum = 0;
        for (var i = 0; i < count; i++)
            sum += ((2.0 * i) - count + 1) * (sorted[i] - median);
        return Math.Sqrt(Math.PI) * sum / (count * (count - 1.0));
    }
}
