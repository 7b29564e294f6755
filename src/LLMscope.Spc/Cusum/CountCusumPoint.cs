namespace LLMscope.Spc.Cusum;

/// <summary>The sum after a point, and what it says.</summary>
/// <param name="ChangeBegan">How many points before this one the change is estimated to have begun, 0 for this one; 0 also without a signal.</param>
public readonly record struct CountCusumPoint(double Sum, bool IsSignal, int ChangeBegan);
