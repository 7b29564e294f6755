namespace LLMscope.Monitoring.Samples;

/// <summary>One characteristic of one source.</summary>
public sealed class Series(int id, int sourceId, Source source, Characteristic characteristic)
{
    public int Id { get; } = id;

    internal int SourceId { get; } = sourceId;

    public Source Source { get; } = source;

    public Characteristic Characteristic { get; } = characteristic;

    /// <summary>Whether its row is committed. Written by the archive alone.</summary>
    internal bool IsStored { get; set; }

    /// <summary>The newest event time that was archived for judging. Written by the archive alone.</summary>
    internal DateTime LatestTime { get; set; } = DateTime.MinValue;

    public override string ToString() => $"{Characteristic.Name} of {Source.Title}";
}
