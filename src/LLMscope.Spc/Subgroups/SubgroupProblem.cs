namespace LLMscope.Spc.Subgroups;

/// <summary>Why subgroups give no control limits; <see cref="None"/> where they do.</summary>
public enum SubgroupProblem : byte
{
    None,

    /// <summary>Fewer than two subgroups hold values.</summary>
    TooFewSubgroups,

    /// <summary>No subgroup holds two values, so nothing tells of the spread within: chart the values as individuals.</summary>
    SingleValues,

    /// <summary>A subgroup has more than <see cref="SubgroupBaseline.LargestForRange"/> values, too many for their range: use the standard deviation.</summary>
    TooLargeForRange,

    /// <summary>All values of each subgroup are the same.</summary>
    NoVariation,

    /// <summary>A mean or a spread is not a finite number.</summary>
    NotFinite,
}
