using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Comparison;

/// <summary>The median of all differences between two samples, with the interval that inverts the Mann-Whitney test.</summary>
/// <remarks>
/// The m n differences are never written down: a difference of given rank is found by halving the range of floating-point numbers, and each of the at
/// most 64 steps counts with one walk along the sorted samples.
/// </remarks>
internal static class HodgesLehmannShift
{
    /// <param name="before">Ascending.</param>
    /// <param name="after">Ascending.</param>
    /// <param name="exact">Null for the normal approximation.</param>
    /// <param name="variance">Of U, in units of the variance for independent values.</param>
    public static Estimate Of(ReadOnlySpan<double> before, ReadOnlySpan<double> after, RankSumDistribution? exact, double confidence, double variance)
    {
        var pairs = (long)before.Length * after.Length;
        var tail = (1 - confidence) / 2;
        var rank = exact is not null
            ? exact.Quantile(tail)
            : (long)((pairs / 2.0) + (Normal.InvCDF(0, 1, tail) * Math.Sqrt(variance * pairs * (before.Length + after.Length + 1.0) / 12)));
        rank = Math.Clamp(rank, 1, pairs);

        var lower = Difference(before, after, (pairs + 1) / 2);
        var upper = pairs % 2 == 1 ? lower : Difference(before, after, (pairs / 2) + 1);
        return new Estimate((lower + upper) / 2, Difference(before, after, rank), Difference(before, after, pairs + 1 - rank));
    }

    /// <param name="rank">1 for the smallest of all differences.</param>
    internal static double Difference(ReadOnlySpan<double> before, ReadOnlySpan<double> after, long rank)
    {
        var (low, high) = (Ordinal(after[0] - before[^1]), Ordinal(after[^1] - before[0]));
        while (low < high)
        {
            var middle = low + ((high - low) >>> 1);
            if (CountAtMost(before, after, FromOrdinal(middle)) >= rank)
                high = middle;
            else
                low = middle + 1;
        }

        return FromOrdinal(low);
    }

    private static long CountAtMost(ReadOnlySpan<double> before, ReadOnlySpan<double> after, double difference)
    {
        long count = 0;
        var j = 0;
        foreach (var value in before)
        {
            while (j < after.Length && after[j] - value <= difference)
                j++;
            count += j;
        }

        return count;
    }

    // Whole numbers in the order of the floating-point numbers, so that half way between two is another.
    private static long Ordinal(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? long.MinValue - bits : bits;
    }

    private static double FromOrdinal(long ordinal)
        => BitConverter.Int64BitsToDouble(ordinal < 0 ? long.MinValue - ordinal : ordinal);
}
