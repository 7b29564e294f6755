namespace LLMscope.Spc;

/// <summary>
/// How much more standardised points vary than chance within a point lets them: the mean moving range of z over d2, which is 1 for a constant process.
/// </summary>
/// <remarks>Laney, Improved control charts for attributes, Quality Engineering 14(4), 2002, 531-537.</remarks>
internal static class SigmaOfZ
{
    /// <summary>Laney's sigma of z; not a number for fewer than two points.</summary>
    public static double Of(IEnumerable<double> standardised)
    {
        var (previous, ranges, count) = (double.NaN, 0.0, 0);
        foreach (var z in standardised)
        {
            if (count++ > 0)
                ranges += Math.Abs(z - previous);
            previous = z;
        }

        return ranges / (count - 1) / ChartConstants.D2;
    }

    /// <summary>
    /// True where so much comes by chance in one baseline of two hundred. The standard error of a sigma from n moving ranges is 0.826 / sqrt(n).
    /// </summary>
    public static bool IsBeyondChance(double sigma, int points) => sigma > 1 + (2.576 * 0.826 / Math.Sqrt(points));
}
