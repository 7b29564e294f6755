namespace LLMscope.Spc.RareEvents;

/// <summary>What times between events must be, to give limits.</summary>
internal static class TimeEstimation
{
    public static RareEventProblem FirstProblem(double[] times)
        => times.Length < 2 ? RareEventProblem.TooFewGaps
        : Array.Exists(times, time => !double.IsFinite(time) || time < 0) ? RareEventProblem.ImpossibleGap
        : Array.TrueForAll(times, time => time == times[0]) ? RareEventProblem.NoVariation
        : RareEventProblem.None;
}
