namespace LLMscope.Spc.Attributes;

/// <summary>How the lines of a chart of counted events are drawn.</summary>
public enum AttributeLimits : byte
{
    /// <summary>From the tails of the binomial or Poisson distribution, so false alarms stay within the promise for events however rare.</summary>
    Exact,

    /// <summary>Whole standard deviations from the centre, as textbooks print it: right for large counts only, and for comparison with them.</summary>
    ThreeSigma,

    /// <summary>
    /// Laney's p' and u': standard deviations widened by the variation between points. Where that is not beyond chance, the exact lines, for then
    /// the process is binomial or Poisson.
    /// </summary>
    Laney,
}
