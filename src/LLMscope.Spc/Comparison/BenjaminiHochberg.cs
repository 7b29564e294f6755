namespace LLMscope.Spc.Comparison;

/// <summary>Keeps the share of false findings down where many comparisons are made at once.</summary>
/// <remarks>Benjamini and Hochberg, Journal of the Royal Statistical Society B 57(1), 1995, 289-300.</remarks>
public static class BenjaminiHochberg
{
    /// <summary>
    /// Adjusted p values in the order of the given ones. Of the comparisons whose adjusted p is at most q, at most a share of q is expected to be
    /// false, where they are independent or positively dependent. What is not a number stays so and is not counted.
    /// </summary>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var sorted = p.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order); // What is not a number comes first.

        var adjusted = new double[sorted.Length];
        var unknown = 0;
        while (unknown < sorted.Length && double.IsNaN(sorted[unknown]))
            adjusted[order[unknown++]] = double.NaN;

        double least = 1, count = sorted.Length - unknown;
        for (var i = sorted.Length - 1; i >= unknown; i--)
        {
            least = Math.Min(least, sorted[i] * (count / (i - unknown + 1)));
            adjusted[order[i]] = least;
        }

        return adjusted;
    }
}
