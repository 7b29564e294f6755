namespace LLMscope.Spc.Subgroups;

/// <summary>What measures the spread within subgroups.</summary>
public enum SubgroupSpread : byte
{
    /// <summary>The range: an Xbar-R chart, for subgroups of at most <see cref="SubgroupBaseline.LargestForRange"/> values.</summary>
    Range,

    /// <summary>The standard deviation: an Xbar-S chart, for subgroups of any and of varying size.</summary>
    Deviation,
}
