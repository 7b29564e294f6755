using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Benchmarks;

/// <summary>The eight rules as a plain loop over the window of each rule at each point: what a first version would do.</summary>
internal sealed class WindowLoop(ZoneLimits limits, double[] points)
{
    public RuleSet Judge(int last)
    {
        var violated = RuleSet.None;
        var point = points[last];
        if (point > limits.Upper3 || point < limits.Lower3)
            violated |= RuleSet.R1;
        if (last >= 8 && (Count(last, 9, x => x > limits.Centre) == 9 || Count(last, 9, x => x < limits.Centre) == 9))
            violated |= RuleSet.R2;
        if (last >= 5 && (Steps(last, 6, 1) || Steps(last, 6, -1)))
            violated |= RuleSet.R3;
        if (last >= 13 && Alternates(last))
            violated |= RuleSet.R4;
        if ((point > limits.Upper2 && Count(last, 3, x => x > limits.Upper2) >= 2) || (point < limits.Lower2 && Count(last, 3, x => x < limits.Lower2) >= 2))
            violated |= RuleSet.R5;
        if ((point > limits.Upper1 && Count(last, 5, x => x > limits.Upper1) >= 4) || (point < limits.Lower1 && Count(last, 5, x => x < limits.Lower1) >= 4))
            violated |= RuleSet.R6;
        if (last >= 14 && Count(last, 15, IsWithin) == 15)
            violated |= RuleSet.R7;
        if (last >= 7 && Count(last, 8, IsWithin) == 0 && Count(last, 8, x => x > limits.Upper1) is > 0 and < 8)
            violated |= RuleSet.R8;
        return violated;
    }

    private bool IsWithin(double x) => limits.Lower1 <= x && x <= limits.Upper1;

    private int Count(int last, int window, Predicate<double> holds)
    {
        var count = 0;
        for (var i = Math.Max(0, last - window + 1); i <= last; i++)
        {
            if (holds(points[i]))
                count++;
        }

        return count;
    }

    private bool Steps(int last, int window, int sign)
    {
        for (var i = last - window + 2; i <= last; i++)
        {
            if (Math.Sign(points[i] - points[i - 1]) != sign)
                return false;
        }

        return true;
    }

    private bool Alternates(int last)
    {
        for (var i = last - 11; i <= last; i++)
        {
            if (Math.Sign(points[i] - points[i - 1]) * Math.Sign(points[i - 1] - points[i - 2]) != -1)
                return false;
        }

        return true;
    }
}
