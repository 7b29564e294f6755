namespace LLMscope.Service.Histograms;

/// <summary>Buckets between bounds that somebody chose.</summary>
/// <param name="bounds">The upper bounds, rising; without the one of infinity.</param>
/// <param name="counts">One more than the bounds: the last is of what lies above all of them.</param>
internal sealed class ExplicitBuckets(double[] bounds, double[] counts) : Buckets
{
    private readonly double[] _bounds = bounds;
    private readonly double[] _counts = counts;

    public override Buckets? Plus(Buckets other) =>
        Comparable(other) is { } theirs ? new ExplicitBuckets(_bounds, [.. _counts.Zip(theirs, (mine, their) => mine + their)]) : null;

    public override Buckets? Minus(Buckets earlier)
    {
        if (Comparable(earlier) is not { } theirs)
            return null;

        var gained = _counts.Zip(theirs, (mine, their) => mine - their).ToArray();
        return gained.All(count => count >= 0) ? new ExplicitBuckets(_bounds, gained) : null;
    }

    public override double Quantile(double quantile) => BucketQuantile.OfCounts(quantile, _bounds, _counts);

    private double[]? Comparable(Buckets other) =>
        other is ExplicitBuckets buckets && buckets._counts.Length == _counts.Length && buckets._bounds.AsSpan().SequenceEqual(_bounds) ? buckets._counts : null;
}
