using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// The values that the upper sum of a CUSUM may have without a signal: 0, which has a probability of its own, and Gauss-Legendre nodes above it.
/// Scores beyond a control limit on either side signal too.
/// </summary>
/// <remarks>
/// Page's integral equation. Without control limits the kernel is smooth and the method is Nystroem's. With them each sum reaches only values
/// within the limits of it, so the mean time has kinks; between those it is held as a polynomial and the part in reach is integrated.
/// </remarks>
internal sealed class CusumChain
{
    private const int MostPanels = 12;

    private readonly double _k;
    private readonly double _h;
    private readonly double _limit;
    private readonly double _shift;
    private readonly double _spread;
    private readonly List<Panel> _panels = [];

    /// <param name="limit">The distance of the control limits from the target, in standard deviations of the chart; infinite for none.</param>
    public CusumChain(double k, double h, double limit, double shift, double spread, Accuracy accuracy)
    {
        (_k, _h, _limit, _shift, _spread) = (k, h, limit, shift, spread);
        var size = 1;
        var edges = Edges(accuracy);
        for (var i = 1; i < edges.Count; i++)
        {
            var rule = LegendreRule.ForWidth((edges[i] - edges[i - 1]) / spread, accuracy);
            _panels.Add(new Panel(edges[i - 1], edges[i], size, rule));
            size += rule.Nodes.Length;
        }

        var moves = new double[size * size];
        var exits = new double[size];
        Moves(0, moves.AsSpan(0, size));
        exits[0] = Exit(0);
        foreach (var panel in _panels)
        {
            for (var i = 0; i < panel.Rule.Nodes.Length; i++)
            {
                var (sum, state) = (panel.Node(i), panel.First + i);
                Moves(sum, moves.AsSpan(state * size, size));
                exits[state] = Exit(sum);
            }
        }

        Chain = new AbsorbingChain(moves, exits);
        Size = size;
    }

    public AbsorbingChain Chain { get; }

    private int Size { get; }

    /// <summary>Where the next point leads from a sum.</summary>
    public double[] From(double sum)
    {
        var probabilities = new double[Size];
        Moves(sum, probabilities);
        return probabilities;
    }

    // The mean time has kinks where the control limit first reaches the threshold or leaves 0, and fainter ones where it reaches those.
    private List<double> Edges(Accuracy accuracy)
    {
        List<double> edges = [0, _h];
        var generations = accuracy == Accuracy.Full ? 3 : 1;
        for (var generation = 0; generation < generations && edges.Count <= MostPanels; generation++)
        {
            foreach (var edge in edges.ToArray())
            {
                Add(edge + _k - _limit);
                Add(edge + _k + _limit);
            }
        }

        edges.Sort();
        return edges;

        void Add(double edge)
        {
            if (edge > 0 && edge < _h && edges.Count <= MostPanels && edges.TrueForAll(known => Math.Abs(known - edge) > 1e-3 * _h))
                edges.Add(edge);
        }
    }

    private double Exit(double sum) => Above(Math.Min(_h + _k - sum, _limit)) + Below(-_limit);

    private double Above(double z) => Normal.CDF(0, 1, (_shift - z) / _spread);

    private double Below(double z) => Normal.CDF(0, 1, (z - _shift) / _spread);

    private void Moves(double sum, Span<double> probabilities)
    {
        var (lowest, highest) = (Math.Max(0, sum - _k - _limit), Math.Min(_h, sum - _k + _limit));
        probabilities[0] = Math.Max(0, Below(Math.Min(_k - sum, _limit)) - Below(-_limit));
        foreach (var panel in _panels)
        {
            var (from, to) = (Math.Max(panel.Start, lowest), Math.Min(panel.End, highest));
            if (from >= to)
                continue;
            var part = probabilities.Slice(panel.First, panel.Rule.Nodes.Length);
            if (from <= panel.Start && to >= panel.End)
                WholePanel(panel, sum, part);
            else
                PartOfPanel(panel, sum, from, to, part);
        }
    }

    private void WholePanel(Panel panel, double sum, Span<double> probabilities)
    {
        var half = (panel.End - panel.Start) / 2;
        for (var j = 0; j < probabilities.Length; j++)
            probabilities[j] = panel.Rule.Weights[j] * half * Density(panel.Node(j) + _k - sum);
    }

    private void PartOfPanel(Panel panel, double sum, double from, double to, Span<double> probabilities)
    {
        var (middle, half) = ((from + to) / 2, (to - from) / 2);
        var rule = panel.Rule;
        for (var q = 0; q < rule.Nodes.Length; q++)
        {
            var target = middle + (half * rule.Nodes[q]);
            var weight = rule.Weights[q] * half * Density(target + _k - sum);
            rule.Interpolate(panel.Position(target), weight, probabilities);
        }
    }

    private double Density(double z)
    {
        var deviation = (z - _shift) / _spread;
        return Math.Exp(-0.5 * deviation * deviation) / (_spread * Math.Sqrt(2 * Math.PI));
    }

    private readonly record struct Panel(double Start, double End, int First, LegendreRule Rule)
    {
        public double Node(int i) => ((Start + End) / 2) + ((End - Start) / 2 * Rule.Nodes[i]);

        public double Position(double sum) => (sum - ((Start + End) / 2)) / ((End - Start) / 2);
    }
}
