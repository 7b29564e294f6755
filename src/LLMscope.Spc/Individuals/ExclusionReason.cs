namespace LLMscope.Spc.Individuals;

/// <summary>Why a value did not enter the limits of a baseline.</summary>
public enum ExclusionReason : byte
{
    /// <summary>Not a number: there was no value.</summary>
    Missing,

    /// <summary>Far from the median, measured by the median absolute deviation.</summary>
    FarFromMedian,
}
