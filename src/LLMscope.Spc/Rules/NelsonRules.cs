using System.Numerics;
using System.Runtime.CompilerServices;

namespace LLMscope.Spc.Rules;

/// <summary>
/// The streaming judge of one chart: all eight Nelson rules in one pass over the points of a segment, in order.
/// A signal does not reset anything: each point is judged on its own window. Not safe for several threads at once.
/// </summary>
/// <remarks>
/// Nelson, Journal of Quality Technology 16(4), 1984, 237-239. Beyond a line is strict, within is its exact complement, a value on the centre
/// line is on neither side, equal neighbours are no step, and in R5 and R6 the judged point itself lies beyond the line.
/// The work a point costs is the same whatever the data: histories of one bit a point, compared with masks.
/// </remarks>
public sealed class NelsonRules
{
    private readonly RuleLimits _limits;
    private readonly RuleSet _enabled;
    private readonly MissingPolicy _missing;
    private readonly uint _mask2;
    private readonly uint _mask3;
    private readonly uint _steps4;
    private readonly uint _odd4;
    private readonly uint _even4;
    private readonly uint _mask7;
    private readonly uint _mask8;
    private readonly int _longestWindow;

    private double _previous = double.NaN;
    private uint _aboveCentre;
    private uint _belowCentre;
    private uint _rising;
    private uint _falling;
    private uint _above5;
    private uint _below5;
    private uint _above6;
    private uint _below6;
    private uint _within7;
    private uint _above8;
    private uint _below8;

    public NelsonRules(
        ZoneLimits limits, RuleSet enabled = RuleSet.All, RuleParameters? parameters = null, MissingPolicy missing = MissingPolicy.Skip)
        : this(RuleLimits.From(limits, parameters ?? RuleParameters.Default), enabled, parameters, missing)
    {
    }

    /// <param name="limits">Lines looked up at the widths of the same parameters.</param>
    /// <param name="enabled">Those of the eight that may signal; detectors among them are not judged here.</param>
    public NelsonRules(
        RuleLimits limits, RuleSet enabled = RuleSet.All, RuleParameters? parameters = null, MissingPolicy missing = MissingPolicy.Skip)
    {
        parameters ??= RuleParameters.Default;
        _limits = limits;
        _enabled = enabled & RuleSet.All;
        _missing = missing;
        _mask2 = Last(parameters.N2);
        _mask3 = Last(parameters.N3 - 1);
        _steps4 = Last(parameters.N4 - 1);
        _odd4 = _steps4 & 0x55555555;
        _even4 = _steps4 & 0xAAAAAAAA;
        _mask7 = Last(parameters.N7);
        _mask8 = Last(parameters.N8);
        _longestWindow = parameters.LongestWindow;
    }

    /// <summary>
    /// What the rules remember now. Setting it continues a segment that was interrupted; the lines and parameters must be the same.
    /// </summary>
    public RunMemory Memory
    {
        get
        {
            var points = Last(_longestWindow);
            var steps = Last(_longestWindow - 1);
            return new RunMemory(
                double.IsNaN(_previous) ? null : _previous,
                _aboveCentre & points, _belowCentre & points, _rising & steps, _falling & steps,
                _above5 & points, _below5 & points, _above6 & points, _below6 & points,
                _within7 & points, _above8 & points, _below8 & points);
        }

        set
        {
            _previous = value.Previous ?? double.NaN;
            (_aboveCentre, _belowCentre) = (value.AboveCentre, value.BelowCentre);
            (_rising, _falling) = (value.Rising, value.Falling);
            (_above5, _below5) = (value.Above5, value.Below5);
            (_above6, _below6) = (value.Above6, value.Below6);
            _within7 = value.Within7;
            (_above8, _below8) = (value.Above8, value.Below8);
        }
    }

    /// <summary>Forgets the segment: after a gap, a new baseline or a declared change, no pattern reaches back.</summary>
    public void Break() => Memory = default;

    /// <summary>Takes the next point of the segment and says which enabled rules it violates.</summary>
    /// <param name="value">The plotted statistic in data units; not a number means missing.</param>
    public RuleSignals Judge(double value)
    {
        if (double.IsNaN(value))
        {
            if (_missing == MissingPolicy.Break)
                Break();
            return default;
        }

        ref readonly var limits = ref _limits;
        var aboveCentre = _aboveCentre = Push(_aboveCentre, value > limits.Centre);
        var belowCentre = _belowCentre = Push(_belowCentre, value < limits.Centre);
        var rising = _rising = Push(_rising, value > _previous);
        var falling = _falling = Push(_falling, value < _previous);
        var above5 = _above5 = Push(_above5, value > limits.Upper5);
        var below5 = _below5 = Push(_below5, value < limits.Lower5);
        var above6 = _above6 = Push(_above6, value > limits.Upper6);
        var below6 = _below6 = Push(_below6, value < limits.Lower6);
        var within7 = _within7 = Push(_within7, (value >= limits.Lower7) & (value <= limits.Upper7));
        var above8 = _above8 = Push(_above8, value > limits.Upper8);
        var below8 = _below8 = Push(_below8, value < limits.Lower8);
        _previous = value;

        // A rule is rarely violated, so that each of these branches is foretold. What random data decides, a side or a zone, is never one.
        var upward = RuleSet.None;
        var downward = RuleSet.None;
        var undirected = RuleSet.None;
        if (value > limits.Upper1)
            upward |= RuleSet.R1;
        if (value < limits.Lower1)
            downward |= RuleSet.R1;
        if ((aboveCentre & _mask2) == _mask2)
            upward |= RuleSet.R2;
        if ((belowCentre & _mask2) == _mask2)
            downward |= RuleSet.R2;
        if ((rising & _mask3) == _mask3)
            upward |= RuleSet.R3;
        if ((falling & _mask3) == _mask3)
            downward |= RuleSet.R3;
        if (EndsIn(above5, 2, 0b111))
            upward |= RuleSet.R5;
        if (EndsIn(below5, 2, 0b111))
            downward |= RuleSet.R5;
        if (EndsIn(above6, 4, 0b11111))
            upward |= RuleSet.R6;
        if (EndsIn(below6, 4, 0b11111))
            downward |= RuleSet.R6;

        var ups = rising & _steps4;
        if (((ups == _odd4) | (ups == _even4)) && (falling & _steps4) == (_steps4 ^ ups))
            undirected |= RuleSet.R4;
        if ((within7 & _mask7) == _mask7)
            undirected |= RuleSet.R7;
        if (((above8 | below8) & _mask8) == _mask8 && (above8 & _mask8) != 0 && (below8 & _mask8) != 0)
            undirected |= RuleSet.R8;

        return new RuleSignals((upward | downward | undirected) & _enabled, downward & _enabled);
    }

    private static uint Last(int points) => (uint)((1UL << points) - 1);

    // Added to itself rather than shifted: the compiler makes one address computation of it, and a point costs a quarter less.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Push(uint history, bool newest) => history + history + (newest ? 1u : 0u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EndsIn(uint history, int least, uint window)
        => ((history & 1) != 0) & (BitOperations.PopCount(history & window) >= least);
}
