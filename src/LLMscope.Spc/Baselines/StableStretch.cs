namespace LLMscope.Spc.Baselines;

/// <summary>Neighbouring values of a baseline between two changes of the level.</summary>
/// <param name="First">Index of its first value.</param>
/// <param name="Last">Index of its last value.</param>
/// <param name="Count">Its values, less the missing ones.</param>
/// <param name="Median">In data units; not a number where all values are missing.</param>
public readonly record struct StableStretch(int First, int Last, int Count, double Median);
