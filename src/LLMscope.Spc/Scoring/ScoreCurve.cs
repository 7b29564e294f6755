namespace LLMscope.Spc.Scoring;

/// <summary>
/// Takes a value to its score, which is standard normal while the process is in control, and a score back to its value. Strictly
/// increasing and piecewise linear between knots, so the two directions are each other's inverse; beyond the last knots it goes on straight.
/// </summary>
/// <remarks>A straight line is the classic chart, z = (x - centre) / sigma; any other curve keeps the rules' meaning on skewed and heavy-tailed values.</remarks>
public sealed class ScoreCurve
{
    private const int Cells = 256;

    private readonly double[] _values;
    private readonly double[] _scores;
    private readonly double[] _slopes;
    private readonly double _sigma;

    // The segment in which each cell of the middle part begins: a search takes one look and rarely a second step.
    private readonly byte[] _guide;
    private readonly double _guideFrom;
    private readonly double _cellsPerUnit;

    /// <param name="values">Strictly increasing, up to 200 of them.</param>
    /// <param name="scores">As many, strictly increasing.</param>
    /// <param name="sigma">The value of one score, of a straight line through a single knot; null for any other curve.</param>
    /// <exception cref="ArgumentException">The knots are too few, too many, not finite or not increasing.</exception>
    public ScoreCurve(IReadOnlyList<double> values, IReadOnlyList<double> scores, double? sigma = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(scores);
        if (values.Count != scores.Count || values.Count > 200 || values.Count < (sigma is null ? 2 : 1))
            throw new ArgumentException("A score curve has 2 to 200 knots, each a value and its score.", nameof(values));

        (_values, _scores, _slopes, _guide) = ([.. values], [.. scores], [], []);
        if (sigma is { } straight)
        {
            if (values.Count != 1 || !double.IsFinite(values[0]) || !(straight > 0 && double.IsFinite(straight)))
                throw new ArgumentException("A straight line has one finite knot and a positive sigma.", nameof(sigma));
            (Sigma, _sigma) = (straight, straight);
            return;
        }

        _slopes = new double[_values.Length - 1];
        for (var i = 0; i < _slopes.Length; i++)
        {
            _slopes[i] = (_scores[i + 1] - _scores[i]) / (_values[i + 1] - _values[i]);
            if (!(_values[i + 1] > _values[i]) || !(_scores[i + 1] > _scores[i]) || !double.IsFinite(_slopes[i]) || _slopes[i] <= 0)
                throw new ArgumentException($"The knots of a score curve are finite and increase; at {_values[i]} they do not.", nameof(values));
        }

        // The middle part is where nineteen of twenty values lie; the far tails are searched.
        var first = Math.Max(0, Segment(_scores, -2));
        var last = Math.Min(_slopes.Length, Segment(_scores, 2) + 1);
        _guideFrom = _values[first];
        _cellsPerUnit = Cells / (_values[last] - _values[first]);
        _guide = new byte[Cells + 1];
        for (var cell = 0; cell <= Cells; cell++)
            _guide[cell] = (byte)Segment(_values, _guideFrom + (cell / _cellsPerUnit));
    }

    /// <summary>The value of one score on a straight line; null on any other curve.</summary>
    public double? Sigma { get; }

    /// <summary>The values of the knots, ascending.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>The scores of the knots, ascending.</summary>
    public IReadOnlyList<double> Scores => _scores;

    /// <summary>The classic chart's line.</summary>
    /// <param name="sigma">Positive.</param>
    public static ScoreCurve Straight(double centre, double sigma) => new([centre], [0], sigma);

    /// <summary>The score of a value; not a number stays that.</summary>
    public double Score(double value)
    {
        if (_sigma > 0)
            return (value - _values[0]) / _sigma;

        var cell = (value - _guideFrom) * _cellsPerUnit;
        int segment;
        if (cell >= 0 && cell < Cells)
        {
            segment = _guide[(int)cell];
            while (segment + 1 < _slopes.Length && value >= _values[segment + 1])
                segment++;
        }
        else
        {
            segment = Segment(_values, value);
        }

        return _scores[segment] + ((value - _values[segment]) * _slopes[segment]);
    }

    /// <summary>The value of a score.</summary>
    public double Value(double score)
    {
        // A textbook's lines, centre + k sigma, to the last bit; and of other curves the knots themselves.
        if (_sigma > 0)
            return _values[0] + (score * _sigma);

        var segment = Segment(_scores, score);
        return score == _scores[segment + 1]
            ? _values[segment + 1]
            : _values[segment] + ((score - _scores[segment]) / _slopes[segment]);
    }

    private static int Segment(double[] knots, double at)
    {
        var place = Array.BinarySearch(knots, at);
        return Math.Clamp(place >= 0 ? place : ~place - 1, 0, knots.Length - 2);
    }
}
