namespace LLMscope.Spc.Attributes;

/// <summary>Why counted events give no control limits; <see cref="None"/> where they do.</summary>
public enum AttributeProblem : byte
{
    None,

    /// <summary>No subgroup holds a unit or any exposure.</summary>
    NoUnits,

    /// <summary>A count is negative or larger than its units, or an exposure is not a finite number.</summary>
    ImpossibleCount,

    /// <summary>Subgroups differ in size, and their counts have no common limits: chart the proportion or the rate.</summary>
    UnequalUnits,
}
