using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

/// <summary>Where the points of the present segment lie in the series, so that a signal can tell since when. Missing points leave no trail.</summary>
/// <param name="most">Points of the series, which bounds it.</param>
internal sealed class SegmentTrail(int most)
{
    private readonly int[] _indices = new int[most];
    private int _count;
    private int _averageSide;
    private int _averageSince;

    public void Break() => (_count, _averageSide, _averageSince) = (0, 0, 0);

    public void Add(int index, in ProcessMemory memory)
    {
        _indices[_count++] = index;
        if (Math.Sign(memory.Ewma.Average) is var side && side != _averageSide)
            (_averageSide, _averageSince) = (side, _count - 1);
    }

    /// <summary>The first point that a rule that is violated at the newest one looked at.</summary>
    public int From(RuleSet rule, RuleParameters parameters, int changeBegan, in ProcessMemory memory) => rule switch
    {
        RuleSet.Cusum => Back(changeBegan),
        RuleSet.Ewma => _indices[_averageSince],
        RuleSet.Level => Back(Math.Abs(memory.OutsideLevels) - 1),
        _ => Back(parameters.Window(rule) - 1),
    };

    private int Back(int points) => _indices[Math.Max(0, _count - 1 - points)];
}
