namespace LLMscope.Spc.Comparison;

/// <summary>Quantiles of series that are put together from blocks of neighbours of a series, so that they depend on each other as it does.</summary>
/// <remarks>
/// The circular block bootstrap: Politis and Romano, in LePage and Billard (eds.), Exploring the Limits of Bootstrap, 1992, 263-270. Of a series of more
/// than <see cref="MostValues"/> values only so many are drawn, and their distance from the quantile of all is reduced by the square root of
/// the share: Bickel, Goetze and van Zwet, Statistica Sinica 7, 1997, 1-31. That bounds the time of a draw.
/// </remarks>
internal sealed class BlockDraws
{
    private const int MostValues = 10_000;

    private readonly ushort[] _bins;
    private readonly double[] _levels;
    private readonly int[] _counts;
    private readonly double _quantile;
    private readonly double _estimate;
    private readonly int _blockLength;
    private readonly Random _random;

    /// <param name="values">In the order of their time, none missing.</param>
    public BlockDraws(double[] values, double quantile, int blockLength, Random random)
    {
        var sample = new SortedSample(values);
        _levels = new double[Math.Min(values.Length, MostValues)];
        for (var bin = 0; bin < _levels.Length; bin++)
            _levels[bin] = sample.Values[(int)((bin + 0.5) * values.Length / _levels.Length)];

        _bins = new ushort[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var bin = _levels.AsSpan().BinarySearch(values[i]);
            _bins[i] = (ushort)Math.Min(bin < 0 ? ~bin : bin, _levels.Length - 1);
        }

        _counts = new int[_levels.Length];
        _quantile = quantile;
        _estimate = sample.Quantile(quantile);
        _blockLength = Math.Min(blockLength, values.Length);
        _random = random;
    }

    public double Next()
    {
        Array.Clear(_counts);
        for (var missing = _levels.Length; missing > 0;)
        {
            var position = _random.Next(_bins.Length);
            for (var end = missing - Math.Min(missing, _blockLength); missing > end; missing--)
            {
                _counts[_bins[position]]++;
                position = position + 1 == _bins.Length ? 0 : position + 1;
            }
        }

        var (below, weight) = SortedSample.Place(_levels.Length, _quantile);
        var (value, next) = At(below);
        var drawn = value + (weight * (next - value));
        return _bins.Length == _levels.Length ? drawn : _estimate + ((drawn - _estimate) * Math.Sqrt((double)_levels.Length / _bins.Length));
    }

    private (double Value, double Next) At(int place)
    {
        int bin = 0, passed = _counts[0];
        while (passed <= place)
            passed += _counts[++bin];

        var value = _levels[bin];
        while (passed <= place + 1 && bin + 1 < _counts.Length)
            passed += _counts[++bin];
        return (value, _levels[bin]);
    }
}
