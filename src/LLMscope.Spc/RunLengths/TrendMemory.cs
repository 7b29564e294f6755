using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// What R3 and R4 remember beside the last value: the direction of the last step, how many steps in a row went that way,
/// and how many in a row alternated. All zero after the first point of a segment.
/// </summary>
internal readonly record struct TrendMemory(int Direction, int Steady, int Alternating)
{
    /// <param name="direction">1 for a step up, -1 for a step down; equal values have no probability.</param>
    /// <returns>Null where the step violates one of the rules.</returns>
    public TrendMemory? After(int direction, RuleSet rules, RuleParameters parameters)
    {
        var (trend, alternation) = (rules.HasFlag(RuleSet.R3), rules.HasFlag(RuleSet.R4));
        if (!trend && !alternation)
            return default(TrendMemory);

        var same = direction == Direction;
        var steady = same && trend ? Steady + 1 : 1;
        var alternating = !same && alternation ? Alternating + 1 : 1;
        if ((trend && steady >= parameters.N3 - 1) || (alternation && alternating >= parameters.N4 - 1))
            return null;

        return new TrendMemory(direction, steady, alternating);
    }
}
