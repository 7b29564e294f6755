namespace LLMscope.Spc.Rules;

/// <summary>The stretch of points that one rule looked at when it was violated, and the points in it that make it true.</summary>
/// <param name="First">Index of the first point of the window.</param>
/// <param name="Last">Index of the judged point.</param>
/// <param name="Contributing">Ascending indices; for R5 and R6 only the points beyond the line on the side of the signal.</param>
public sealed record RuleWindow(int First, int Last, IReadOnlyList<int> Contributing)
{
    /// <summary>Looks back from the last of the given points, as <see cref="NelsonRules"/> does.</summary>
    /// <param name="rule">A single rule.</param>
    /// <param name="points">Consecutive points of one segment, oldest first; missing ones are skipped.</param>
    /// <param name="limits">The lines that judged them.</param>
    /// <param name="parameters">The numbers that judged them; Nelson's own where left out.</param>
    /// <returns>Indices into the given points, or null where the rule does not hold at the last of them.</returns>
    public static RuleWindow? Find(RuleSet rule, ReadOnlySpan<double> points, RuleLimits limits, RuleParameters? parameters = null)
    {
        parameters ??= RuleParameters.Default;
        var window = Present(points, parameters.Window(rule));
        var judge = new NelsonRules(limits, rule, parameters);
        var signals = default(RuleSignals);
        foreach (var index in window)
            signals = judge.Judge(points[index]);

        if (!signals.Any || double.IsNaN(points[^1]))
            return null;

        var up = signals.Upward != RuleSet.None;
        var beyond = new List<int>(window.Count);
        foreach (var index in window)
        {
            if (Contributes(rule, points[index], up, limits))
                beyond.Add(index);
        }

        return new RuleWindow(window[0], window[^1], beyond);
    }

    private static List<int> Present(ReadOnlySpan<double> points, int most)
    {
        var window = new List<int>(most);
        for (var index = points.Length - 1; index >= 0 && window.Count < most; index--)
        {
            if (!double.IsNaN(points[index]))
                window.Add(index);
        }

        window.Reverse();
        return window;
    }

    private static bool Contributes(RuleSet rule, double point, bool up, RuleLimits limits) => rule switch
    {
        RuleSet.R5 => up ? point > limits.Upper5 : point < limits.Lower5,
        RuleSet.R6 => up ? point > limits.Upper6 : point < limits.Lower6,
        _ => true,
    };
}
