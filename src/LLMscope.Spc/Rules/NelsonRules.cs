namespace LLMscope.Spc.Rules;

/// <summary>
/// The streaming judge of one chart: all eight Nelson rules in one pass over the points of a segment, in order.
/// It is a <see cref="RuleJudge"/> with the memory of the chart. Not safe for several threads at once.
/// </summary>
public sealed class NelsonRules
{
    private readonly RuleJudge _judge;
    private RunMemory _memory;

    public NelsonRules(
        ZoneLimits limits, RuleSet enabled = RuleSet.All, RuleParameters? parameters = null, MissingPolicy missing = MissingPolicy.Skip)
        : this(RuleLimits.From(limits, parameters ?? RuleParameters.Default), enabled, parameters, missing)
    {
    }

    /// <param name="limits">Lines looked up at the widths of the same parameters.</param>
    /// <param name="enabled">Those of the eight that may signal; detectors among them are not judged here.</param>
    public NelsonRules(
        RuleLimits limits, RuleSet enabled = RuleSet.All, RuleParameters? parameters = null, MissingPolicy missing = MissingPolicy.Skip)
        => _judge = new RuleJudge(limits, enabled, parameters, missing);

    /// <summary>
    /// What the rules remember now. Setting it continues a segment that was interrupted; the lines and parameters must be the same.
    /// </summary>
    public RunMemory Memory
    {
        get => _memory;
        set => _memory = value;
    }

    /// <summary>Forgets the segment: after a gap, a new baseline or a declared change, no pattern reaches back.</summary>
    public void Break() => _memory = default;

    /// <inheritdoc cref="RuleJudge.Judge"/>
    public RuleSignals Judge(double value) => _judge.Judge(ref _memory, value);
}
