using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

/// <summary>
/// The rules written down a second time, as the definitions read: for each point it looks at a list of the last points. It shares nothing with
/// the product but the words, so that both can only be wrong in different ways.
/// </summary>
internal sealed class WindowJudge(ZoneLimits limits, MissingPolicy missing)
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
        var up = Side(x => x > limits.Upper3, x => x > limits.Centre, (a, b) => b > a, x => x > limits.Upper2, x => x > limits.Upper1);
        var down = Side(x => x < limits.Lower3, x => x < limits.Centre, (a, b) => b < a, x => x < limits.Lower2, x => x < limits.Lower1);
        var none = RuleSet.None;
        if (Last(14) is { } fourteen && Alternates(fourteen))
            none |= RuleSet.R4;
        if (Last(15) is { } fifteen && fifteen.All(Within))
            none |= RuleSet.R7;
        if (Last(8) is { } eight && !eight.Any(Within) && eight.Any(x => x > limits.Upper1) && eight.Any(x => x < limits.Lower1))
            none |= RuleSet.R8;
        return new RuleSignals(up | down | none, down);
    }

    private RuleSet Side(
        Predicate<double> beyond3, Predicate<double> side, Func<double, double, bool> step, Predicate<double> beyond2, Predicate<double> beyond1)
    {
        var violated = RuleSet.None;
        var point = _segment[^1];
        if (beyond3(point))
            violated |= RuleSet.R1;
        if (Last(9) is { } nine && nine.All(x => side(x)))
            violated |= RuleSet.R2;
        if (Last(6) is { } six && six.Zip(six.Skip(1)).All(pair => step(pair.First, pair.Second)))
            violated |= RuleSet.R3;
        if (beyond2(point) && _segment.TakeLast(3).Count(x => beyond2(x)) >= 2)
            violated |= RuleSet.R5;
        if (beyond1(point) && _segment.TakeLast(5).Count(x => beyond1(x)) >= 4)
            violated |= RuleSet.R6;
        return violated;
    }

    private bool Within(double x) => limits.Lower1 <= x && x <= limits.Upper1;

    private double[]? Last(int count) => _segment.Count < count ? null : [.. _segment.TakeLast(count)];

    private static bool Alternates(double[] points)
    {
        var steps = points.Zip(points.Skip(1), (a, b) => b.CompareTo(a)).ToArray();
        return steps.All(step => step != 0) && steps.Zip(steps.Skip(1)).All(pair => pair.First == -pair.Second);
    }
}
