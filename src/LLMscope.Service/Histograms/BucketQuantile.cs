namespace LLMscope.Service.Histograms;

/// <summary>
/// Quantiles of values of which only the number in each bucket is known. They are estimates: the values of a bucket are taken to lie evenly between its bounds.
/// Not a number where there is nothing to estimate from: no observations, bounds that do not rise, a quantile outside 0 to 1.
/// </summary>
/// <remarks>
/// As histogram_quantile of Prometheus does it: linear between the bounds of a bucket, the first bucket from 0 where its bound is above 0 (else that bound itself),
/// the bucket without an upper bound at the highest bound that is finite. Values that are nowhere below a finite bound say nothing of their size, hence that answer is too low.
/// </remarks>
internal static class BucketQuantile
{
    /// <param name="quantile">From 0 to 1.</param>
    /// <param name="bounds">The upper bounds, rising; a last one of infinity may be left out.</param>
    /// <param name="counts">The values in each bucket alone; one more than the finite bounds, or as many where none is above them.</param>
    public static double OfCounts(double quantile, ReadOnlySpan<double> bounds, ReadOnlySpan<double> counts)
    {
        if (!(quantile is >= 0 and <= 1) || !AreBuckets(ref bounds, counts))
            return double.NaN;

        var all = 0.0;
        foreach (var count in counts)
            all += count;
        if (!(all > 0))
            return double.NaN;

        var rank = quantile * all;
        var below = 0.0;
        for (var bucket = 0; bucket < bounds.Length; bucket++)
        {
            var here = counts[bucket];
            if (here > 0 && below + here >= rank)
                return Within(bounds, bucket, (rank - below) / here);
            below += here;
        }

        return bounds[^1];
    }

    /// <summary>The same of counts that include those of all lower buckets, as Prometheus writes them.</summary>
    public static double OfCumulative(double quantile, ReadOnlySpan<double> bounds, ReadOnlySpan<double> cumulative)
    {
        var counts = new double[cumulative.Length];
        var below = 0.0;
        for (var bucket = 0; bucket < cumulative.Length; bucket++)
        {
            // A count below that of the bucket before it comes of reading while others write, and of sums of rounded numbers.
            var until = Math.Max(below, cumulative[bucket]);
            (counts[bucket], below) = (until - below, until);
        }

        return OfCounts(quantile, bounds, counts);
    }

    private static double Within(ReadOnlySpan<double> bounds, int bucket, double share)
    {
        var upper = bounds[bucket];
        if (bucket == 0 && upper <= 0)
            return upper;

        var lower = bucket == 0 ? 0 : bounds[bucket - 1];
        return lower + Math.Clamp(share, 0, 1) * (upper - lower);
    }

    /// <summary>Whether these can be buckets; without the bound of infinity afterwards.</summary>
    private static bool AreBuckets(ref ReadOnlySpan<double> bounds, ReadOnlySpan<double> counts)
    {
        if (!bounds.IsEmpty && double.IsPositiveInfinity(bounds[^1]))
            bounds = bounds[..^1];
        if (bounds.IsEmpty || (counts.Length != bounds.Length && counts.Length != bounds.Length + 1))
            return false;

        for (var i = 0; i < bounds.Length; i++)
        {
            if (!double.IsFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1]))
                return false;
        }

        foreach (var count in counts)
        {
            if (!(count >= 0) || double.IsInfinity(count))
                return false;
        }

        return true;
    }
}
