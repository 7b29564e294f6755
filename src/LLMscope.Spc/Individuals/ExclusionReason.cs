namespace LLMscope.Spc.Individuals;

public enum ExclusionReason : byte
{
    /// <summary>Not a number: there was no value.</summary>
    Missing,

    /// <summary>Far from the median, measured by the median absolute deviation.</summary>
    FarFromMedian,

    /// <summary>Beyond the control limits that the other values give.</summary>
    BeyondLimits,
}
