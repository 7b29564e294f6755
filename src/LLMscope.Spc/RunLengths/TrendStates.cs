using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>The memories of trend and alternation, numbered from the start of a segment, and where a step up or down leads.</summary>
internal sealed class TrendStates
{
    public TrendStates(RuleSet rules, RuleParameters parameters)
    {
        var numbers = new Dictionary<TrendMemory, int> { [default] = 0 };
        var memories = new List<TrendMemory> { default };
        var (up, down) = (new List<int>(), new List<int>());
        for (var number = 0; number < memories.Count; number++)
        {
            up.Add(After(memories[number], 1));
            down.Add(After(memories[number], -1));
        }

        (Up, Down) = ([.. up], [.. down]);

        int After(TrendMemory memory, int direction)
        {
            if (memory.After(direction, rules, parameters) is not { } next)
                return ZoneAutomaton.Violated;
            if (numbers.TryAdd(next, memories.Count))
                memories.Add(next);
            return numbers[next];
        }
    }

    public int Count => Up.Length;

    public int[] Up { get; }

    public int[] Down { get; }
}
