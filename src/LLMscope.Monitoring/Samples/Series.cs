namespace LLMscope.Monitoring.Samples;

/// <summary>One characteristic of one source.</summary>
public sealed class Series(int id, int sourceId, Source source, Characteristic characteristic)
{
    private long _group = -1;
    private DateTime _newestOfGroup;

    public int Id { get; } = id;

    internal int SourceId { get; } = sourceId;

    public Source Source { get; } = source;

    public Characteristic Characteristic { get; } = characteristic;

    /// <summary>Whether its row is committed. Written by the archive alone.</summary>
    internal bool IsStored { get; set; }

    /// <summary>The newest event time that was archived for judging. Written by the archive alone.</summary>
    internal DateTime LatestTime { get; set; } = DateTime.MinValue;

    /// <summary>Whether a sample of a group commit is not older than those of the series before it in the group. Asked by the archive alone, in the order of the group.</summary>
    /// <param name="group">Another number for every group.</param>
    internal bool Follows(DateTime time, long group)
    {
        if (_group == group && time < _newestOfGroup)
            return false;

        (_group, _newestOfGroup) = (group, time);
        return true;
    }

    public override string ToString() => $"{Characteristic.Name} of {Source.Title}";
}
