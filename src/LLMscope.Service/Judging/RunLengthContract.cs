namespace LLMscope.Service.Judging;

/// <summary>How many points a chart takes until its first signal, for independent normal points that all have the shift.</summary>
/// <param name="Parameters">The numbers of the rules.</param>
/// <param name="Shift">Of the mean, in standard deviations of the chart.</param>
/// <param name="SigmaRatio">The standard deviation of the points, in those of the chart.</param>
/// <param name="Arl">The average run length; null where it is too large for a number.</param>
/// <param name="Sdrl">Its standard deviation; null where it is too large or not known to all its digits.</param>
/// <param name="Remark">Why a number is missing.</param>
public sealed record RunLengthResponse(
    IReadOnlyList<string> Rules, RuleNumbers Parameters, double Shift, double SigmaRatio, double? Arl, double? Sdrl, RunLengthQuantiles Quantiles,
    double AlarmsPer10000Points, string? Remark);

/// <summary>The points by which the chart has signalled with a probability of 5 % and so on; null beyond 9.2e18.</summary>
public sealed record RunLengthQuantiles(long? P05, long? P10, long? P25, long? P50, long? P75, long? P90, long? P95);
