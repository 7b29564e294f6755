namespace LLMscope.Spc.RunLengths;

/// <summary>First signals of rules that see only zones: one probability for each state of their automaton.</summary>
internal sealed class ZoneChain : ISignalChain
{
    private readonly double[] _widths;
    private readonly int[] _next;
    private double[] _signals;
    private double[] _earlier;

    /// <param name="widths">The probability of each zone.</param>
    public ZoneChain(RunStates states, ReadOnlySpan<double> widths)
    {
        var automaton = states.Automaton;
        _widths = widths.ToArray();
        _next = new int[automaton.States * _widths.Length];

        // The last number stands for a signal: once there, no later point is the first to signal.
        _signals = new double[automaton.States + 1];
        _earlier = new double[_signals.Length];
        _earlier[^1] = 1;
        for (var state = 0; state < automaton.States; state++)
        {
            for (var zone = 0; zone < _widths.Length; zone++)
                _next[(state * _widths.Length) + zone] = automaton.Next(state, zone) is >= 0 and var target ? target : automaton.States;
        }
    }

    public double Next()
    {
        var (next, widths, earlier) = (_next, _widths, _earlier);
        for (int state = 0, place = 0; place < next.Length; state++)
        {
            double sum = 0;
            foreach (var width in widths)
                sum += width * earlier[next[place++]];
            _signals[state] = sum;
        }

        (_signals, _earlier) = (_earlier, _signals);
        _signals[^1] = _earlier[^1] = 0;
        return _earlier[0];
    }
}
