using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

/// <summary>Judges by a <see cref="Definition"/>, from a list of all points of the segment: slow, and wrong wherever the definition is.</summary>
internal sealed class DefinedJudge(ZoneLimits limits, MissingPolicy missing, Definition definition)
{
    private readonly List<double> _segment = [];

    public void Break()
    {
        if (definition.IgnoresBreaks)
            return;
        var last = _segment.LastOrDefault();
        var keeps = definition.BreakKeepsLast && _segment.Count > 0;
        _segment.Clear();
        if (keeps)
            _segment.Add(last);
    }

    public RuleSignals Judge(double value)
    {
        if (double.IsNaN(value))
        {
            if (missing == MissingPolicy.Break ? !definition.BreakSkips : definition.SkipBreaks)
                Break();
            else if (definition.MissingIsAPoint)
                _segment.Add(value);
            return default;
        }

        _segment.Add(value);
        var (up, down, none) = (RuleSet.None, RuleSet.None, RuleSet.None);
        foreach (var rule in new[] { 1, 2, 3, 5, 6 })
        {
            var (rises, falls) = (Violated(rule, true), Violated(rule, false));
            if (definition.Turned.Contains(rule))
                (rises, falls) = (falls, rises);
            up |= rises ? Rule(rule) : RuleSet.None;
            down |= falls ? Rule(rule) : RuleSet.None;
        }

        if (Last(4) is { } alternating && Alternates(alternating))
            none |= RuleSet.R4;
        if (Last(7) is { } quiet && quiet.All(x => !Beyond(7, true, x) && !Beyond(7, false, x) && !double.IsNaN(x)))
            none |= RuleSet.R7;
        if (Last(8) is { } mixed && IsMixed(mixed))
            none |= RuleSet.R8;
        if (definition.SignalResets && (up | down | none) != RuleSet.None)
            _segment.Clear();
        return new RuleSignals(up | down | none, down);
    }

    private static RuleSet Rule(int number) => (RuleSet)(1 << (number - 1));

    private bool Violated(int rule, bool up)
    {
        if (definition.Missing.Contains((rule, up)))
            return false;

        return rule switch
        {
            1 => Beyond(1, up, _segment[^1]),
            2 => Last(2) is { } run && run.All(x => Beyond(2, up, x) || (definition.SidesTogether.Contains(2) && Beyond(2, !up, x))),
            3 => Last(3) is { } trend && Steps(trend).All(step => step == (up ? 1 : -1)),
            _ => IsCrowded(rule, up),
        };
    }

    private bool IsCrowded(int rule, bool up)
    {
        var window = _segment.TakeLast(definition.Length(rule)).ToArray();
        if (definition.WaitForWindow.Contains(rule) && window.Length < definition.Length(rule))
            return false;

        var beyond = window.Count(x => Beyond(rule, up, x) || (definition.SidesTogether.Contains(rule) && Beyond(rule, !up, x)));
        return beyond >= definition.Least(rule) && (definition.LastMayBeInside.Contains(rule) || Beyond(rule, up, window[^1]));
    }

    private bool Alternates(double[] points)
    {
        var steps = Steps(points);
        if (definition.AlternationOnlyCounts)
            return Math.Abs(steps.Sum()) <= 1 && !steps.Contains(0);
        return steps.All(step => step != 0) && steps.Zip(steps.Skip(1)).All(pair => pair.First == -pair.Second)
            && (!definition.AlternationCrossesCentre || points.Zip(points.Skip(1)).All(pair => (pair.First > limits.Centre) != (pair.Second > limits.Centre)));
    }

    private bool IsMixed(double[] points)
        => points.All(x => Beyond(8, true, x) || Beyond(8, false, x))
        && (definition.MixtureOnOneSide || (points.Any(x => Beyond(8, true, x)) && points.Any(x => Beyond(8, false, x))))
        && (!definition.MixtureAlternates || points.Zip(points.Skip(1)).All(pair => Beyond(8, true, pair.First) != Beyond(8, true, pair.Second)));

    private bool Beyond(int rule, bool up, double x)
    {
        var (upper, lower) = rule switch
        {
            1 => (limits.Upper3, limits.Lower3),
            2 => (limits.Centre, limits.Centre),
            5 => (limits.Upper2, limits.Lower2),
            _ => (limits.Upper1, limits.Lower1),
        };
        return up ? definition.Above(rule, x, upper) : definition.Below(rule, x, lower);
    }

    private int[] Steps(double[] points) => [.. points.Zip(points.Skip(1), definition.Step)];

    private double[]? Last(int rule)
        => _segment.Count < definition.Length(rule) ? null : [.. _segment.TakeLast(definition.Length(rule))];
}
