namespace LLMscope.Spc.Individuals;

/// <summary>A value that was given for a baseline and did not enter its limits.</summary>
/// <param name="Index">Its index among the values given.</param>
public readonly record struct ExcludedValue(int Index, double Value, ExclusionReason Reason);
