using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// Turns the probability of surviving n points without a signal, as a function of what the rules remember, into that of n + 1 points.
/// </summary>
/// <remarks>
/// The memory is a state of the zone automaton, a state of trend and alternation, and the last value as u = F(x), which is uniform. In u the
/// probability is a smooth function inside every zone; it is held at Gauss-Legendre nodes. The next value is above or below the last one, so the
/// step integrates whole zones on either side and the parts of its own zone below and above each node.
/// </remarks>
internal sealed class SurvivalOperator
{
    private readonly ZoneAutomaton _automaton;
    private readonly RuleSet _rules;
    private readonly RuleParameters _parameters;
    private readonly GaussLegendre _nodes;
    private readonly double[] _widths;
    private readonly List<Memory> _memories = [];
    private readonly Dictionary<Memory, int> _numbers = [];
    private readonly List<Step> _steps = [];
    private readonly int[] _first;
    private double[] _survival;
    private double[] _nextSurvival;

    /// <param name="shift">Of the mean of the points, in standard deviations of the chart.</param>
    /// <param name="spread">The standard deviation of the points, in those of the chart.</param>
    public SurvivalOperator(RuleSet rules, RuleParameters parameters, double shift, double spread)
    {
        (_rules, _parameters) = (rules, parameters);
        _automaton = ZoneAutomaton.Of(rules, parameters);
        _widths = [.. _automaton.Zones.Select(zone => Normal.CDF(shift, spread, zone.Upper) - Normal.CDF(shift, spread, zone.Lower))];
        _first = [.. Enumerable.Range(0, _widths.Length).Select(zone => Number(_automaton.Next(0, zone), zone, default(TrendMemory)))];
        for (var block = 0; block < _memories.Count; block++)
            _steps.Add(StepFrom(_memories[block]));

        // Without trend and alternation nothing depends on the last value. With them the survival is a polynomial of low degree
        // in narrow zones; a single zone from 0 to 1 needs more nodes for the same ten digits.
        var seesOrder = (rules & (RuleSet.R3 | RuleSet.R4)) != RuleSet.None;
        _nodes = new GaussLegendre(!seesOrder ? 1 : _widths.Length > 2 ? 8 : 16);
        _survival = new double[_memories.Count * _nodes.Order];
        _nextSurvival = new double[_survival.Length];
        Array.Fill(_survival, 1);
    }

    /// <summary>
    /// The probabilities that more than 0, 1, 2 and so on points of a segment pass without a signal, without end. To be asked for once.
    /// </summary>
    public IEnumerable<double> Survival()
    {
        yield return 1;
        while (true)
        {
            yield return FromTheStart();
            Advance();
        }
    }

    private double FromTheStart()
    {
        double survival = 0;
        foreach (var block in _first.Where(block => block >= 0))
            survival += Whole(block);
        return survival;
    }

    // Asks for one more point without a signal.
    private void Advance()
    {
        var order = _nodes.Order;
        var whole = new double[_memories.Count];
        for (var block = 0; block < whole.Length; block++)
            whole[block] = Whole(block);

        for (var block = 0; block < whole.Length; block++)
        {
            var step = _steps[block];
            double elsewhere = 0;
            foreach (var target in step.Elsewhere)
                elsewhere += whole[target];

            var width = _widths[_memories[block].Zone];
            for (var i = 0; i < order; i++)
            {
                double above = 0, below = 0;
                if (step.AboveHere >= 0)
                {
                    for (var j = 0; j < order; j++)
                        above += (_nodes.Weights[j] - _nodes.UpTo[i, j]) * _survival[(step.AboveHere * order) + j];
                }

                if (step.BelowHere >= 0)
                {
                    for (var j = 0; j < order; j++)
                        below += _nodes.UpTo[i, j] * _survival[(step.BelowHere * order) + j];
                }

                _nextSurvival[(block * order) + i] = elsewhere + (width * (above + below));
            }
        }

        (_survival, _nextSurvival) = (_nextSurvival, _survival);
    }

    private double Whole(int block)
    {
        double sum = 0;
        for (var j = 0; j < _nodes.Order; j++)
            sum += _nodes.Weights[j] * _survival[(block * _nodes.Order) + j];
        return sum * _widths[_memories[block].Zone];
    }

    private Step StepFrom(Memory memory)
    {
        var up = memory.Trend.After(1, _rules, _parameters);
        var down = memory.Trend.After(-1, _rules, _parameters);
        var elsewhere = new List<int>();
        for (var zone = 0; zone < _widths.Length; zone++)
        {
            if (zone != memory.Zone && Number(_automaton.Next(memory.State, zone), zone, zone > memory.Zone ? up : down) is >= 0 and var target)
                elsewhere.Add(target);
        }

        var here = _automaton.Next(memory.State, memory.Zone);
        return new Step([.. elsewhere], Number(here, memory.Zone, up), Number(here, memory.Zone, down));
    }

    private int Number(int state, int zone, TrendMemory? trend)
    {
        if (state == ZoneAutomaton.Violated || trend is not { } alive)
            return ZoneAutomaton.Violated;

        var memory = new Memory(state, zone, alive);
        if (_numbers.TryAdd(memory, _memories.Count))
            _memories.Add(memory);
        return _numbers[memory];
    }

    private readonly record struct Memory(int State, int Zone, TrendMemory Trend);

    /// <summary>Where the next point leads: from other zones, and from the part of its own zone above and below the last point.</summary>
    private readonly record struct Step(int[] Elsewhere, int AboveHere, int BelowHere);
}
