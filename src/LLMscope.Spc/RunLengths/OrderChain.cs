using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// First signals of rules among which are R3 or R4: for each state a function of the last value as u = F(x), which is uniform.
/// </summary>
/// <remarks>
/// In u the probability is a smooth function inside every zone; it is held at Gauss-Legendre nodes, the fewer the narrower the zone. The next value is
/// above or below the last one, so that a step takes whole zones on either side and the parts of its own zone below and above each node.
/// </remarks>
internal sealed class OrderChain : ISignalChain
{
    private static readonly int Lanes = Vector256<double>.Count;

    private readonly RunStates _states;
    private readonly double[] _widths;
    private readonly GaussLegendre[] _nodes;
    private readonly int[] _offsets; // of the nodes of each zone's first state
    private readonly double[] _whole; // of each state over its zone; the last stands for a violation and stays zero
    private readonly double[] _below; // the part of it below each node
    private double[] _signals;
    private bool _isFirst = true;

    /// <param name="widths">The probability of each zone.</param>
    public OrderChain(RunStates states, ReadOnlySpan<double> widths)
    {
        _states = states;
        _widths = widths.ToArray();
        _nodes = Array.ConvertAll(_widths, width => GaussLegendre.For(width));
        _offsets = new int[_widths.Length + 1];
        for (var zone = 0; zone < _widths.Length; zone++)
            _offsets[zone + 1] = _offsets[zone] + ((states.ZoneStarts[zone + 1] - states.ZoneStarts[zone]) * _nodes[zone].Order);
        _signals = new double[_offsets[^1]];
        _below = new double[_signals.Length];
        _whole = new double[states.AboveHere.Length + 1];
    }

    public double Next()
    {
        if (_isFirst)
        {
            _isFirst = false;
            Signal();
            return Sum(_states.First, signalled: true);
        }

        for (var zone = 0; zone < _widths.Length; zone++)
            Integrate(zone);
        var next = Sum(_states.First, signalled: false);
        for (var zone = 0; zone < _widths.Length; zone++)
            Step(zone);
        return next;
    }

    private double Sum(int[] first, bool signalled)
    {
        double sum = 0;
        for (var zone = 0; zone < first.Length; zone++)
        {
            if (signalled && first[zone] < 0)
                sum += _widths[zone];
            else if (!signalled && first[zone] >= 0)
                sum += _whole[first[zone]];
        }

        return sum;
    }

    /// <summary>The probability that the very next point signals.</summary>
    private void Signal()
    {
        var others = _widths.Length - 1;
        for (var zone = 0; zone < _widths.Length; zone++)
        {
            var nodes = _nodes[zone];
            var at = _offsets[zone];
            for (var state = _states.ZoneStarts[zone]; state < _states.ZoneStarts[zone + 1]; state++)
            {
                double elsewhere = 0;
                for (var other = 0; other < others; other++)
                {
                    if (_states.Elsewhere[(state * others) + other] == _states.AboveHere.Length)
                        elsewhere += _widths[other < zone ? other : other + 1];
                }

                foreach (var node in nodes.Abscissas)
                {
                    var above = _states.AboveHere[state] < 0 ? 1 - node : 0;
                    var below = _states.BelowHere[state] < 0 ? node : 0;
                    _signals[at++] = elsewhere + (_widths[zone] * (above + below));
                }
            }
        }
    }

    /// <summary>Integrates every state of a zone over the zone, and over the part of it below each node.</summary>
    private void Integrate(int zone)
    {
        var (order, width) = (_nodes[zone].Order, _widths[zone]);
        ref var upTo = ref MemoryMarshal.GetArrayDataReference(_nodes[zone].UpToColumns);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_nodes[zone].Weights);
        ref var signals = ref MemoryMarshal.GetArrayDataReference(_signals);
        ref var below = ref MemoryMarshal.GetArrayDataReference(_below);
        var at = _offsets[zone];
        var state = _states.ZoneStarts[zone];
        if (order == 4)
        {
            // Most zones are narrow. Their weights stay in registers.
            var (total, part0, part1) = (Vector256.LoadUnsafe(ref weights) * width, Vector256.LoadUnsafe(ref upTo) * width, Vector256.LoadUnsafe(ref upTo, 4) * width);
            var (part2, part3) = (Vector256.LoadUnsafe(ref upTo, 8) * width, Vector256.LoadUnsafe(ref upTo, 12) * width);
            for (; state < _states.ZoneStarts[zone + 1]; state++, at += 4)
            {
                var values = Vector256.LoadUnsafe(ref signals, (nuint)at);
                _whole[state] = Vector256.Dot(values, total);
                var low = (part0 * values[0]) + (part1 * values[1]);
                (low + (part2 * values[2]) + (part3 * values[3])).StoreUnsafe(ref below, (nuint)at);
            }

            return;
        }

        for (; state < _states.ZoneStarts[zone + 1]; state++, at += order)
        {
            var whole = Vector256<double>.Zero;
            for (var lane = 0; lane < order; lane += Lanes)
            {
                whole += Vector256.LoadUnsafe(ref signals, (nuint)(at + lane)) * Vector256.LoadUnsafe(ref weights, (nuint)lane);
                var part = Vector256<double>.Zero;
                for (var column = 0; column < order; column++)
                {
                    var values = Vector256.Create(_signals[at + column]);
                    part = Vector256.FusedMultiplyAdd(values, Vector256.LoadUnsafe(ref upTo, (nuint)((column * order) + lane)), part);
                }

                (part * width).StoreUnsafe(ref below, (nuint)(at + lane));
            }

            _whole[state] = Vector256.Sum(whole) * width;
        }
    }

    private void Step(int zone)
    {
        var (order, others) = (_nodes[zone].Order, _widths.Length - 1);
        var (first, start) = (_states.ZoneStarts[zone], _offsets[zone]);
        ref var signals = ref MemoryMarshal.GetArrayDataReference(_signals);
        ref var parts = ref MemoryMarshal.GetArrayDataReference(_below);
        ReadOnlySpan<int> targets = _states.Elsewhere;
        ReadOnlySpan<double> whole = _whole;
        var at = start;
        for (var state = first; state < _states.ZoneStarts[zone + 1]; state++, at += order)
        {
            double elsewhere = 0;
            foreach (var target in targets.Slice(state * others, others))
                elsewhere += whole[target];

            var (above, below) = (_states.AboveHere[state], _states.BelowHere[state]);
            if (above >= 0)
                elsewhere += whole[above];
            for (var lane = 0; lane < order; lane += Lanes)
            {
                var next = Vector256.Create(elsewhere);
                if (above >= 0)
                    next -= Vector256.LoadUnsafe(ref parts, (nuint)(start + ((above - first) * order) + lane));
                if (below >= 0)
                    next += Vector256.LoadUnsafe(ref parts, (nuint)(start + ((below - first) * order) + lane));
                next.StoreUnsafe(ref signals, (nuint)(at + lane));
            }
        }
    }
}
