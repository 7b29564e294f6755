using LLMscope.Spc.Ewma;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>The averages an EWMA with limits of the steady state may have without a signal, at Gauss-Legendre nodes.</summary>
/// <remarks>Crowder, Technometrics 29(4), 1987, 401-407; the integral equation is solved by Nystroem's method.</remarks>
internal sealed class EwmaChain
{
    private readonly double _lambda;
    private readonly double _shift;
    private readonly double _spread;
    private readonly double _lower;
    private readonly double _upper;
    private readonly LegendreRule _rule;

    public EwmaChain(EwmaParameters parameters, Sides sides, double shift, double spread, Accuracy accuracy)
    {
        (_lambda, _shift, _spread) = (parameters.Lambda, shift, spread);
        var width = parameters.SteadyWidth;

        // A side that does not count has no limit; nine of its standard deviations from its mean the average hardly ever is.
        var reach = 9 * spread * Math.Sqrt(_lambda / (2 - _lambda));
        _lower = sides == Sides.Upper ? Math.Min(Math.Min(shift, 0), width) - reach : -width;
        _upper = sides == Sides.Lower ? Math.Max(Math.Max(shift, 0), -width) + reach : width;
        _rule = LegendreRule.ForWidth((_upper - _lower) / (_lambda * spread), accuracy);

        var size = _rule.Nodes.Length;
        var moves = new double[size * size];
        var exits = new double[size];
        for (var i = 0; i < size; i++)
        {
            var average = Node(i, _lower, _upper);
            Moves(average, _lower, _upper, moves.AsSpan(i * size, size));
            var below = sides == Sides.Upper ? 0 : Normal.CDF(0, 1, Deviation(average, _lower));
            var above = sides == Sides.Lower ? 0 : Normal.CDF(0, 1, -Deviation(average, _upper));
            exits[i] = below + above;
        }

        Chain = new AbsorbingChain(moves, exits);
        First = new double[size];
        Moves(0, _lower, _upper, First);
    }

    public AbsorbingChain Chain { get; }

    /// <summary>Where the first point leads from an average on target.</summary>
    public double[] First { get; }

    /// <summary>The probabilities of the averages after each point while the limits are still widening, node by node.</summary>
    /// <param name="widthOf">The distance of the limits from the target after that many points.</param>
    public IEnumerable<double[]> StartUp(Func<int, double> widthOf)
    {
        var size = _rule.Nodes.Length;
        var (now, next, row) = (new double[size], new double[size], new double[size]);
        var width = widthOf(1);
        Moves(0, -width, width, now);
        for (var point = 2; ; point++)
        {
            yield return now;
            var nextWidth = widthOf(point);
            Array.Clear(next);
            for (var i = 0; i < size; i++)
            {
                Moves(Node(i, -width, width), -nextWidth, nextWidth, row);
                for (var j = 0; j < size; j++)
                    next[j] += now[i] * row[j];
            }

            (now, next, width) = (next, now, nextWidth);
        }
    }

    private double Node(int i, double lower, double upper)
        => ((lower + upper) / 2) + ((upper - lower) / 2 * _rule.Nodes[i]);

    // Of the score that takes the average from one value to another.
    private double Deviation(double from, double to)
        => (((to - ((1 - _lambda) * from)) / _lambda) - _shift) / _spread;

    private void Moves(double average, double lower, double upper, Span<double> probabilities)
    {
        var scale = (upper - lower) / 2 / (_lambda * _spread * Math.Sqrt(2 * Math.PI));
        for (var j = 0; j < probabilities.Length; j++)
        {
            var deviation = Deviation(average, Node(j, lower, upper));
            probabilities[j] = _rule.Weights[j] * scale * Math.Exp(-0.5 * deviation * deviation);
        }
    }
}
