namespace LLMscope.Service.Histograms;

/// <summary>
/// Buckets whose bounds are powers: the bucket with the index i holds the values in (b^i, b^(i+1)] with b = 2^(2^-scale). Of values that are not negative.
/// </summary>
/// <remarks>OpenTelemetry, Metrics Data Model, ExponentialHistogram: buckets of a finer scale merge into those of a coarser one exactly.</remarks>
/// <param name="zero">The values that are zero, or too near to it.</param>
/// <param name="offset">The index of the first bucket.</param>
internal sealed class ExponentialBuckets(int scale, double zero, long offset, double[] counts) : Buckets
{
    // Of a sum: buckets that lie far apart are not worth a row of empty ones between them.
    private const int MostBuckets = 4_096;

    private readonly int _scale = scale;
    private readonly double _zero = zero;
    private readonly long _offset = offset;
    private readonly double[] _counts = counts;

    public override Buckets? Plus(Buckets other) => Combined(other, sign: 1);

    public override Buckets? Minus(Buckets earlier) => Combined(earlier, sign: -1);

    /// <summary>Geometric within a bucket: the logarithms of its values are taken to lie evenly, as the buckets do.</summary>
    public override double Quantile(double quantile)
    {
        var all = _zero + _counts.Sum();
        if (!(quantile is >= 0 and <= 1) || !(all > 0))
            return double.NaN;

        var rank = quantile * all;
        var below = _zero;
        if (_zero > 0 && rank <= _zero)
            return 0;

        var value = 0.0;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0)
            {
                var share = Math.Clamp((rank - below) / _counts[i], 0, 1);
                value = Math.Pow(2, Math.ScaleB(_offset + i + share, -_scale));
                if (below + _counts[i] >= rank)
                    return value;
            }

            below += _counts[i];
        }

        return value; // the last one that has values, where rounding ran past it
    }

    private ExponentialBuckets? Combined(Buckets other, int sign)
    {
        if (other is not ExponentialBuckets theirs)
            return null;

        var coarser = Math.Min(_scale, theirs._scale);
        var (mine, their) = (At(coarser), theirs.At(coarser));
        var first = Math.Min(mine._offset, their._offset);
        var end = Math.Max(mine._offset + mine._counts.Length, their._offset + their._counts.Length);
        if (end - first > MostBuckets)
            return null;

        var both = new double[end - first];
        mine._counts.CopyTo(both, mine._offset - first);
        for (var i = 0; i < their._counts.Length; i++)
            both[their._offset - first + i] += sign * their._counts[i];

        var zeros = mine._zero + (sign * their._zero);
        return zeros >= 0 && both.All(count => count >= 0) ? new ExponentialBuckets(coarser, zeros, first, both) : null;
    }

    private ExponentialBuckets At(int coarser)
    {
        var shift = Math.Min(_scale - coarser, 62);
        var first = _offset >> shift;
        if (shift == 0 || _counts.Length == 0)
            return new ExponentialBuckets(coarser, _zero, first, _counts);

        var merged = new double[((_offset + _counts.Length - 1) >> shift) - first + 1];
        for (var i = 0; i < _counts.Length; i++)
            merged[((_offset + i) >> shift) - first] += _counts[i];

        return new ExponentialBuckets(coarser, _zero, first, merged);
    }
}
