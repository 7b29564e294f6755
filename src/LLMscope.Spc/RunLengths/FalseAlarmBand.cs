namespace LLMscope.Spc.RunLengths;

/// <summary>The false alarms to expect where the limits were estimated: with known limits, and in nineteen baselines of twenty at least or at most.</summary>
public readonly record struct FalseAlarmBand(double Low, double Expected, double High);
