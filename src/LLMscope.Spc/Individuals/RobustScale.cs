namespace LLMscope.Spc.Individuals;

/// <summary>Estimates of location and spread that a few wild values cannot move far.</summary>
internal static class RobustScale
{
    public static double Median(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median distance from the median, scaled to be the standard deviation of normal values.</summary>
    public static double MedianAbsoluteDeviation(ReadOnlySpan<double> values, double median)
    {
        var distances = new double[values.Length];
        for (var i = 0; i < distances.Length; i++)
            distances[i] = Math.Abs(values[i] - median);
        return ChartConstants.MadScale * Median(distances);
    }

    /// <summary>The mean moving range, screened once for ranges above its own control limit, as a standard deviation.</summary>
    /// <remarks>Nelson, Journal of Quality Technology 14(3), 1982, 172-173.</remarks>
    public static double Sigma(ReadOnlySpan<double> values)
    {
        var ranges = new double[values.Length - 1];
        for (var i = 0; i < ranges.Length; i++)
            ranges[i] = Math.Abs(values[i + 1] - values[i]);

        var limit = ChartConstants.D4 * ranges.Average();
        return ranges.Where(range => range <= limit).Average() / ChartConstants.D2;
    }
}
