using System.Numerics;

namespace LLMscope.Spc.Rules;

/// <summary>Takes rule sets apart.</summary>
public static class RuleSets
{
    /// <summary>The rules that have no side: alternation, too little variation and mixture.</summary>
    public const RuleSet Undirected = RuleSet.R4 | RuleSet.R7 | RuleSet.R8;

    /// <summary>What no window of points decides: a cumulative sum, an average that forgets and a level.</summary>
    public const RuleSet Detectors = RuleSet.Cusum | RuleSet.Ewma | RuleSet.Level;

    /// <summary>Nelson's eight and the detectors.</summary>
    public const RuleSet Every = RuleSet.All | Detectors;

    /// <summary>The rules of a set one by one, R1 first and the detectors last.</summary>
    public static IEnumerable<RuleSet> Each(this RuleSet rules)
    {
        for (var rest = (uint)rules; rest != 0; rest &= rest - 1)
            yield return (RuleSet)(rest & (0 - rest));
    }

    public static int Count(this RuleSet rules) => BitOperations.PopCount((uint)rules);

    /// <summary>The number that Nelson gave a single rule, 1 to 8; detectors have none.</summary>
    public static int Number(this RuleSet rule)
        => rule.Count() == 1 && (rule & RuleSet.All) == rule
            ? BitOperations.TrailingZeroCount((uint)rule) + 1
            : throw new ArgumentException($"{rule} is not a single rule of Nelson's.", nameof(rule));
}
