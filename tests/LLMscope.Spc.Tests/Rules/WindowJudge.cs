using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

/// <summary>
/// The rules written down a second time, as the definitions read: for each point it looks at a list of the last points. It shares nothing with
/// the product but the words, so that both can only be wrong in different ways.
/// </summary>
internal sealed class WindowJudge(RuleLimits limits, RuleParameters parameters, MissingPolicy missing)
{
    private readonly List<double> _segment = [];

    public void Break() => _segment.Clear();

    public RuleSignals Judge(double value)
    {
        if (double.IsNaN(value))
        {
            if (missing == MissingPolicy.Break)
                Break();
            return default;
        }

        _segment.Add(value);
        var up = Side(x => x > limits.Upper1, x => x > limits.Centre, (a, b) => b > a, x => x > limits.Upper5, x => x > limits.Upper6);
        var down = Side(x => x < limits.Lower1, x => x < limits.Centre, (a, b) => b < a, x => x < limits.Lower5, x => x < limits.Lower6);
        var none = RuleSet.None;
        if (Last(parameters.N4) is { } last4 && Alternates(last4))
            none |= RuleSet.R4;
        if (Last(parameters.N7) is { } last7 && last7.All(x => limits.Lower7 <= x && x <= limits.Upper7))
            none |= RuleSet.R7;
        if (Last(parameters.N8) is { } last8 && last8.All(x => x > limits.Upper8 || x < limits.Lower8)
            && last8.Any(x => x > limits.Upper8) && last8.Any(x => x < limits.Lower8))
            none |= RuleSet.R8;
        return new RuleSignals(up | down | none, down);
    }

    private RuleSet Side(
        Predicate<double> beyond1, Predicate<double> side, Func<double, double, bool> step, Predicate<double> beyond5, Predicate<double> beyond6)
    {
        var violated = RuleSet.None;
        var point = _segment[^1];
        if (beyond1(point))
            violated |= RuleSet.R1;
        if (Last(parameters.N2) is { } last2 && last2.All(x => side(x)))
            violated |= RuleSet.R2;
        if (Last(parameters.N3) is { } last3 && last3.Zip(last3.Skip(1)).All(pair => step(pair.First, pair.Second)))
            violated |= RuleSet.R3;
        if (beyond5(point) && _segment.TakeLast(3).Count(x => beyond5(x)) >= 2)
            violated |= RuleSet.R5;
        if (beyond6(point) && _segment.TakeLast(5).Count(x => beyond6(x)) >= 4)
            violated |= RuleSet.R6;
        return violated;
    }

    private double[]? Last(int count) => _segment.Count < count ? null : [.. _segment.TakeLast(count)];

    private static bool Alternates(double[] points)
    {
        var steps = points.Zip(points.Skip(1), (a, b) => b.CompareTo(a)).ToArray();
        return steps.All(step => step != 0) && steps.Zip(steps.Skip(1)).All(pair => pair.First == -pair.Second);
    }
}
