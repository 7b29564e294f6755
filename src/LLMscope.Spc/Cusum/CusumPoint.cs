namespace LLMscope.Spc.Cusum;

/// <summary>Both sums after a point, and what they say.</summary>
/// <param name="Signal">The side on which a sum is strictly beyond the threshold; where both are, that of the later change.</param>
/// <param name="ChangeBegan">How many points before this one the change is estimated to have begun, 0 for this one; 0 also without a signal.</param>
public readonly record struct CusumPoint(double Upper, double Lower, Direction Signal, int ChangeBegan);
