namespace LLMscope.Monitoring.Charts;

/// <summary>What a point of a joint chart is made of. All lists have a place for each characteristic of its chart.</summary>
/// <param name="Values">The mean of each characteristic in the interval, on its own transformed scale.</param>
public sealed record JointVector(IReadOnlyList<double> Values)
{
    /// <summary>The moving averages after the point, as deviations from the means of the baseline; null where none are kept.</summary>
    public IReadOnlyList<double>? Averages { get; init; }

    /// <summary>T2 less the T2 of the other characteristics; null where the point was not judged.</summary>
    public IReadOnlyList<double>? Contributions { get; init; }

    /// <summary>How far each, or its average, lay from the mean of the baseline, in standard deviations; null where the point was not judged.</summary>
    public IReadOnlyList<double>? Deviations { get; init; }
}
