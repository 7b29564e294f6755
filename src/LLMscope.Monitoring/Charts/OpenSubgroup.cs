using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Monitoring.Charts;

/// <summary>The samples of one interval that are not a point yet. Intervals are aligned to the clock, not to the first sample.</summary>
internal sealed class OpenSubgroup(DateTime first, ChartPlan plan, long sequenceBefore)
{
    private readonly TimeSubgroup _values = new(plan.Transform);
    private MeanLengths _lengths;
    private long _seen = -1;
    private DateTime _seenAt;

    /// <summary>The first moment that is not part of it.</summary>
    public DateTime End { get; } = new DateTime(first.Ticks - (first.Ticks % plan.Subgroup.Ticks), DateTimeKind.Utc) + plan.Subgroup;

    public long SequenceBefore { get; } = sequenceBefore;

    public long LastSequence { get; private set; } = sequenceBefore;

    public int Count => _values.Count;

    /// <summary>Whether all its samples were old when they arrived.</summary>
    public bool IsHistory { get; private set; } = true;

    public double Statistic => _values.Statistic;

    /// <summary>The whole number that samples of whole numbers sum up to.</summary>
    public double Sum => Math.Round(_values.Statistic * _values.Count);

    /// <summary>Null for fewer than two samples, which do not tell.</summary>
    public PointSpread? Spread => _values.Count < 2 ? null : new PointSpread(_values.Summary.Deviation, _values.Summary.Range);

    public MeanLength? Length => _lengths.Mean;

    /// <summary>
    /// Whether it is over and no sample has come for so long. Old samples that are still being sent keep it open: their time is past,
    /// they are not.
    /// </summary>
    public bool IsIdle(DateTime now, TimeSpan grace)
    {
        if (_seen != LastSequence)
            (_seen, _seenAt) = (LastSequence, now);

        return End + grace <= now && _seenAt + grace <= now;
    }

    public void Add(in Sample sample, long sequence)
    {
        // A value without a logarithm (zero) cannot enter a geometric mean; it is in the archive.
        if (_values.TryAdd(sample.Value, sample.Count))
            _lengths.Add(sample.Length);
        IsHistory &= sample.Standing == Standing.History;
        LastSequence = sequence;
    }
}
