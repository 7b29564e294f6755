using LLMscope.Spc.Subgroups;

namespace LLMscope.Monitoring.Charts;

/// <summary>The samples of one interval that are not a point yet. Intervals are aligned to the clock, not to the first sample.</summary>
internal sealed class OpenSubgroup(DateTime first, ChartPlan plan, long sequenceBefore)
{
    private readonly TimeSubgroup _values = new(plan.Transform);

    /// <summary>The first moment that is not part of it.</summary>
    public DateTime End { get; } = new DateTime(first.Ticks - (first.Ticks % plan.Subgroup.Ticks), DateTimeKind.Utc) + plan.Subgroup;

    public long SequenceBefore { get; } = sequenceBefore;

    public long LastSequence { get; private set; } = sequenceBefore;

    public int Count => _values.Count;

    public double Statistic => _values.Statistic;

    public void Add(double value, long sequence)
    {
        // A value without a logarithm (zero) cannot enter a geometric mean; it is in the archive.
        _values.TryAdd(value);
        LastSequence = sequence;
    }
}
