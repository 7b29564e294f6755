namespace LLMscope.Spc.Rules;

/// <summary>The rules that are violated at one point, which is the last point of each pattern.</summary>
/// <param name="Rules">Every violated rule.</param>
/// <param name="Downward">Those of them that point down. No rule is violated up and down at one point.</param>
public readonly record struct RuleSignals(RuleSet Rules, RuleSet Downward)
{
    public bool Any => Rules != RuleSet.None;

    public RuleSet Upward => Rules & ~Downward & ~RuleSets.Undirected;

    public RuleSet Undirected => Rules & RuleSets.Undirected;

    public Direction DirectionOf(RuleSet rule)
        => (Downward & rule) != RuleSet.None ? Direction.Down
        : (Upward & rule) != RuleSet.None ? Direction.Up
        : Direction.None;

    /// <summary>The same with one more violated rule; without a direction nothing is added.</summary>
    public RuleSignals With(RuleSet rule, Direction direction) => direction switch
    {
        Direction.Up => new(Rules | rule, Downward),
        Direction.Down => new(Rules | rule, Downward | rule),
        _ => this,
    };
}
