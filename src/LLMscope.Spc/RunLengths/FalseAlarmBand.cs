namespace LLMscope.Spc.RunLengths;

/// <summary>The false alarms to expect of a chart whose lines were estimated: on average over all baselines of its size, and in nine of ten.</summary>
/// <param name="Low">Nineteen baselines of twenty lead to more.</param>
/// <param name="High">Nineteen baselines of twenty lead to fewer.</param>
public readonly record struct FalseAlarmBand(double Low, double Expected, double High);
