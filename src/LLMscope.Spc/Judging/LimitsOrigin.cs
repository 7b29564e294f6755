namespace LLMscope.Spc.Judging;

/// <summary>Where the limits of a chart come from, and with it how far they may be off.</summary>
public enum LimitsOrigin : byte
{
    /// <summary>They were given.</summary>
    Known,

    /// <summary>Quantiles of the values of a baseline.</summary>
    Quantiles,

    /// <summary>A robust centre and sigma of values, or the spread within subgroups.</summary>
    Sigma,

    /// <summary>Mean and mean moving range of values.</summary>
    MovingRanges,

    /// <summary>A probability or a rate of events.</summary>
    Events,
}
