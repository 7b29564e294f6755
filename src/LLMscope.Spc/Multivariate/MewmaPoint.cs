namespace LLMscope.Spc.Multivariate;

/// <summary>T2 of the averages after an observation, and whether it is strictly beyond the limit.</summary>
public readonly record struct MewmaPoint(double T2, bool IsSignal);
