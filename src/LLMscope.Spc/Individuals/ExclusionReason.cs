namespace LLMscope.Spc.Individuals;

/// <summary>Why a value did not enter the limits of a baseline.</summary>
public enum ExclusionReason : byte
{
    /// <summary>Not a number: there was no value.</summary>
    Missing,

    /// <summary>Far from the median, measured by the median absolute deviation.</summary>
    FarFromMedian,

    /// <summary>Part of an incident: several far-out values close to each other.</summary>
    Incident,

    /// <summary>Before or after a change of the level; another stretch sets the limits.</summary>
    OtherLevel,

    /// <summary>Part of a violation, which never feeds a baseline.</summary>
    Violation,
}
