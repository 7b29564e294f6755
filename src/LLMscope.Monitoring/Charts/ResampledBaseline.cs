using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>The points of a baseline, drawn in blocks for the judge of their chart.</summary>
internal static class ResampledBaseline
{
    /// <param name="judge">One that has judged nothing yet.</param>
    /// <returns>Null where there are too few points that it judges.</returns>
    public static SelfTest? Run(IPointJudge judge, Detection detection, IReadOnlyList<ChartPoint> points)
    {
        ChartPoint[] judged = [.. points.Where(point => judge.Judge(point).IsJudged)];
        judge.Break();
        return SelfTest.Run(
            [.. judged.Select(point => point.Value)],
            begin: _ => { },
            i => (judge.Judge(judged[i]).Signals.Rules & detection.Alerting) != RuleSet.None,
            judge.Break);
    }
}
