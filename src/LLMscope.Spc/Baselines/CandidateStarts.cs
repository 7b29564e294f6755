using System.Numerics;
using System.Runtime.CompilerServices;

namespace LLMscope.Spc.Baselines;

/// <summary>The places where the last part of a series may begin, less those that a later one beats for good. At most one for each place.</summary>
internal sealed class CandidateStarts(int most)
{
    private readonly int[] _places = new int[most];
    private readonly int[] _retireAt = new int[most];
    private readonly double[] _indices = new double[most];
    private readonly double[] _sums = new double[most];
    private readonly double[] _costsBefore = new double[most];
    private readonly double[] _costs = new double[most];
    private int _count;
    private double _dearest;
    private bool _anyRetiring;

    /// <param name="index">Of the first value of the part.</param>
    /// <param name="sum">Of all values before it.</param>
    /// <param name="costBefore">The least cost of all values before it.</param>
    public void Add(int place, int index, double sum, double costBefore)
    {
        _places[_count] = place;
        _retireAt[_count] = int.MaxValue;
        _indices[_count] = index;
        _sums[_count] = sum;
        _costsBefore[_count] = costBefore;
        _count++;
    }

    /// <summary>
    /// The best start of a part that ends here. The sum of squares of all values is the same for every partition, so a part counts only
    /// what its level explains of it: (sum of its values)^2 / their number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // A scan is rare, so no call before it has made the loop hot.
    public (double Cost, int Place) Cheapest(double end, double sum)
    {
        var width = Vector<double>.Count;
        var (ends, sums) = (new Vector<double>(end), new Vector<double>(sum));
        var (least, most) = (new Vector<double>(double.PositiveInfinity), new Vector<double>(double.NegativeInfinity));
        var i = 0;
        for (; i <= _count - width; i += width)
        {
            var inside = sums - new Vector<double>(_sums, i);
            var costs = new Vector<double>(_costsBefore, i) - (inside * inside / (ends - new Vector<double>(_indices, i)));
            costs.CopyTo(_costs, i);
            least = Vector.Min(least, costs);
            most = Vector.Max(most, costs);
        }

        var (cheapest, dearest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var lane = 0; lane < width; lane++)
            (cheapest, dearest) = (Math.Min(cheapest, least[lane]), Math.Max(dearest, most[lane]));
        for (; i < _count; i++)
        {
            var inside = sum - _sums[i];
            _costs[i] = _costsBefore[i] - (inside * inside / (end - _indices[i]));
            (cheapest, dearest) = (Math.Min(cheapest, _costs[i]), Math.Max(dearest, _costs[i]));
        }

        _dearest = dearest;
        return (cheapest, _places[_costs.AsSpan(0, _count).IndexOf(cheapest)]);
    }

    /// <summary>Lets go of the starts that cost as much as a cut right here: it beats them once a part that begins here is long enough.</summary>
    /// <param name="costHere">The least cost of a partition that ends here, with the penalty.</param>
    /// <param name="next">The place that is asked for next.</param>
    /// <param name="longEnough">The first place at which a part that begins here may end.</param>
    public void Retire(double costHere, int next, int longEnough)
    {
        if (!_anyRetiring && _dearest < costHere)
            return;

        _anyRetiring = false;
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_retireAt[i] == int.MaxValue && _costs[i] >= costHere)
                _retireAt[i] = longEnough;
            if (next >= _retireAt[i])
                continue;

            _anyRetiring |= _retireAt[i] != int.MaxValue;
            if (kept != i)
                Move(i, kept);
            kept++;
        }

        _count = kept;
    }

    private void Move(int from, int to)
    {
        _places[to] = _places[from];
        _retireAt[to] = _retireAt[from];
        _indices[to] = _indices[from];
        _sums[to] = _sums[from];
        _costsBefore[to] = _costsBefore[from];
    }
}
