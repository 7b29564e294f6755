using LLMscope.Spc.Multivariate;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// The vectors of averages that a MEWMA may have without a signal, by what of them matters: in control the length alone, after a change also
/// the part along the change. At Gauss-Legendre nodes, in standard deviations of the newest observation's part in the average.
/// </summary>
/// <remarks>
/// Rigdon, Journal of Statistical Computation and Simulation 52, 1995, 351-365, and Statistics and Probability Letters 24, 1995, 365-373.
/// The signal probabilities are what the moves leave, so that an average run length has about 15 digits less its own number of digits.
/// </remarks>
internal sealed class MewmaChain
{
    private const int MostNodes = 4_000;

    private readonly int _variables;
    private readonly double _shift;
    private readonly double _kept;
    private readonly double _radius;
    private readonly List<Node> _nodes = [];

    /// <param name="shift">The Mahalanobis length of the shift of the mean.</param>
    public MewmaChain(int variables, MewmaParameters parameters, double shift)
    {
        (_variables, _shift, _kept) = (variables, shift, 1 - parameters.Lambda);
        _radius = Math.Sqrt(parameters.Limit / (parameters.Lambda * (2 - parameters.Lambda)));
        if (shift == 0)
            AddLengths(along: 0, weight: 1, _radius);
        else
            AddDisc();

        var size = _nodes.Count;
        if (size > MostNodes)
            throw new ArgumentException($"A weight of {parameters.Lambda} needs {size} nodes, more than {MostNodes}.", nameof(parameters));

        var moves = new double[size * size];
        var exits = new double[size];
        for (var i = 0; i < size; i++)
        {
            double stays = 0;
            Moves(_nodes[i].Along, _nodes[i].Across, moves.AsSpan(i * size, size));
            foreach (var move in moves.AsSpan(i * size, size))
                stays += move;
            exits[i] = Math.Max(0, 1 - stays);
        }

        Chain = new AbsorbingChain(moves, exits);
        First = new double[size];
        Moves(0, 0, First);
    }

    public AbsorbingChain Chain { get; }

    /// <summary>Where the first point leads from averages on target.</summary>
    public double[] First { get; }

    private int Across => _shift == 0 ? _variables : _variables - 1;

    private void AddDisc()
    {
        // The integral over the half disc is smooth in the angle on its circle, also where the disc ends. With an even number of variables it is
        // smooth beyond that too, and even steps are the best there are.
        if (_variables % 2 == 0)
        {
            var steps = 7 + (int)(3.0 * _radius);
            for (var i = 1; i < steps; i++)
                AddAngle(Math.PI * i / steps, Math.PI / steps);
        }
        else
        {
            var rule = LegendreRule.Of(8 + (int)(4.4 * _radius));
            for (var i = 0; i < rule.Nodes.Length; i++)
                AddAngle(Math.PI / 2 * (1 + rule.Nodes[i]), Math.PI / 2 * rule.Weights[i]);
        }

        void AddAngle(double angle, double weight)
        {
            var height = _radius * Math.Sin(angle);
            AddLengths(_radius * Math.Cos(angle), height * weight, height);
        }
    }

    private void AddLengths(double along, double weight, double longest)
    {
        var rule = LegendreRule.Of((_shift == 0 ? 16 : 5) + (int)(1.45 * longest));
        for (var i = 0; i < rule.Nodes.Length; i++)
            _nodes.Add(new Node(along, longest * (rule.Nodes[i] + 1) / 2, weight * rule.Weights[i] * longest / 2));
    }

    private void Moves(double along, double across, Span<double> probabilities)
    {
        for (var j = 0; j < probabilities.Length; j++)
        {
            var node = _nodes[j];
            var density = _shift == 0 ? 1 : Normal(node.Along - (_kept * along) - _shift);
            if (density > 1e-20)
                probabilities[j] = node.Weight * density * NoncentralChi.Density(Across, node.Across, _kept * across);
        }
    }

    private static double Normal(double deviation) => Math.Exp(-0.5 * deviation * deviation) / Math.Sqrt(2 * Math.PI);

    /// <param name="Along">The part along the change.</param>
    /// <param name="Across">The length of what is left.</param>
    private readonly record struct Node(double Along, double Across, double Weight);
}
