using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Baselines;

/// <summary>
/// Values replaced by the normal quantiles of their ranks. Order is all that is left of them, so neither outliers nor skewness count for more.
/// </summary>
/// <remarks>Van der Waerden scores, Phi^-1(rank / (n + 1)), with the mean rank for equal values.</remarks>
internal static class RankScores
{
    /// <param name="values">No value may be missing; infinite ones are the smallest or the largest.</param>
    public static double[] Of(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);

        var scores = new double[sorted.Length];
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first])
                end++;

            var score = Normal.InvCDF(0, 1, (first + 1 + end) / 2.0 / (sorted.Length + 1));
            for (var i = first; i < end; i++)
                scores[order[i]] = score;
        }

        return scores;
    }
}
