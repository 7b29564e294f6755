using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Monitoring.Charts;

/// <summary>The samples of several series in one interval that is not a point of their joint chart yet.</summary>
internal sealed class OpenVector(DateTime start, TimeSpan interval, IReadOnlyList<Series> members, long sequence)
{
    private readonly TimeSubgroup[] _means = [.. members.Select(member => new TimeSubgroup(member.Characteristic.Transform))];
    private long _seen = -1;
    private DateTime _seenAt;

    public DateTime Start { get; } = start;

    /// <summary>The first moment that is not part of it.</summary>
    public DateTime End { get; } = start + interval;

    public long SequenceBefore { get; private set; } = sequence - 1;

    public long LastSequence { get; private set; } = sequence - 1;

    /// <summary>Whether there is a mean of every member.</summary>
    public bool IsComplete => Array.TrueForAll(_means, mean => mean.Count > 0 && double.IsFinite(mean.Statistic));

    /// <summary>Samples of the member that has fewest.</summary>
    public int Count => _means.Min(mean => mean.Count);

    /// <summary>Whether all its samples were old when they arrived.</summary>
    public bool IsHistory { get; private set; } = true;

    /// <summary>Whether it is over and none of its samples has come for so long.</summary>
    public bool IsIdle(DateTime now, TimeSpan grace)
    {
        if (_seen != LastSequence)
            (_seen, _seenAt) = (LastSequence, now);

        return End + grace <= now && _seenAt + grace <= now;
    }

    public void Add(int member, in Sample sample, long sequence)
    {
        _means[member].TryAdd(sample.Value, sample.Count);
        IsHistory &= sample.Standing == Standing.History;
        SequenceBefore = Math.Min(SequenceBefore, sequence - 1);
        LastSequence = Math.Max(LastSequence, sequence);
    }

    /// <summary>Each member's mean on its own transformed scale. It must be complete.</summary>
    public JointVector ToVector() => new([.. _means.Select(mean => mean.Summary.Mean)]);
}
