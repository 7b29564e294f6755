using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// The states of the sets of rules asked about last: someone who ticks boxes, and a solver that moves lines, ask for the same ones again and again.
/// </summary>
internal static class RunStatesCache
{
    // Both bounds together keep it under 25 MB.
    private const int MostSets = 24;
    private const int MostNumbers = 4_000_000;

    private static readonly Lock Gate = new();
    private static readonly List<(RuleSet Rules, RuleParameters Parameters, RunStates States)> Recent = new(MostSets + 1);

    /// <exception cref="NotSupportedException">The rules remember too much.</exception>
    public static RunStates Of(RuleSet rules, RuleParameters parameters)
    {
        var shape = ShapeOf(rules, parameters);
        lock (Gate)
        {
            var place = Recent.FindIndex(known => known.Rules == rules && known.Parameters == shape);
            if (place >= 0)
            {
                var known = Recent[place];
                Recent.RemoveAt(place);
                Recent.Add(known);
                return known.States;
            }
        }

        var states = RunStates.Of(rules, shape, ZoneOfPoint.Between(rules, shape));
        lock (Gate)
        {
            Recent.Add((rules, shape, states));
            while (Recent.Count > MostSets || (Recent.Count > 1 && Recent.Sum(known => (long)known.States.Size) > MostNumbers))
                Recent.RemoveAt(0);
        }

        return states;
    }

    /// <summary>The parameters with the ranks of the widths for the widths, and without what none of the rules asks for.</summary>
    private static RuleParameters ShapeOf(RuleSet rules, RuleParameters parameters)
    {
        var widths = new SortedSet<double>();
        foreach (var rule in rules.Each())
            widths.Add(parameters.Width(rule));
        widths.Remove(0);
        var ranks = widths.ToList();
        double Rank(RuleSet rule) => rules.HasFlag(rule) ? ranks.IndexOf(parameters.Width(rule)) + 1 : 1;
        int Length(RuleSet rule) => rules.HasFlag(rule) ? parameters.Window(rule) : 3;
        return new RuleParameters
        {
            K1 = Rank(RuleSet.R1),
            N2 = Length(RuleSet.R2),
            N3 = Length(RuleSet.R3),
            N4 = Length(RuleSet.R4),
            K5 = Rank(RuleSet.R5),
            K6 = Rank(RuleSet.R6),
            K7 = Rank(RuleSet.R7),
            N7 = Length(RuleSet.R7),
            K8 = Rank(RuleSet.R8),
            N8 = Length(RuleSet.R8),
        };
    }
}
