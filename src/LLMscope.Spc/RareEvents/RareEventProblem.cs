namespace LLMscope.Spc.RareEvents;

/// <summary>Why gaps between events give no control limits; <see cref="None"/> where they do.</summary>
public enum RareEventProblem : byte
{
    None,

    /// <summary>Fewer than two gaps, which three events make.</summary>
    TooFewGaps,

    /// <summary>A gap is negative or not a finite number.</summary>
    ImpossibleGap,

    /// <summary>A time is zero, which no Weibull distribution gives: times are too coarse, or one cause was counted twice.</summary>
    ZeroTime,

    /// <summary>All gaps are the same, or all are zero.</summary>
    NoVariation,
}
