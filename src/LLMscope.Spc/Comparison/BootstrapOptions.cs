namespace LLMscope.Spc.Comparison;

/// <summary>How often and in what pieces samples are drawn anew from themselves. The same options give the same interval every time.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Draws, at least 100.</summary>
    public int Replicates
    {
        get;
        init => field = value >= 100
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An interval takes at least 100 draws.");
    } = 2_000;

    public int Seed { get; init; } = 1;

    /// <summary>
    /// Neighbours that are drawn together, so that a series keeps its memory: 1 for independent values, null to choose the length from the series.
    /// </summary>
    public int? BlockLength
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A block holds at least one value.");
    }

    /// <summary>The share of intervals that hold the true value, in (0, 1).</summary>
    public double Confidence
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A confidence lies between 0 and 1.");
    } = 0.95;
}
