using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>What one kind of chart does in its own way. A new kind is a new class here and one line in <see cref="ChartKinds"/>.</summary>
internal interface IChartKind
{
    /// <summary>Whether so many collected points are worth an estimate, and how many there should be.</summary>
    (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected);

    BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected);

    /// <summary>The judge of a segment that begins with its next point.</summary>
    IPointJudge JudgeBy(Baseline baseline, RuleSet rules);
}

/// <summary>Judges the points of one chart in order.</summary>
internal interface IPointJudge
{
    (ZoneLimits Limits, RuleSignals Signals) Judge(double value, int count);

    /// <summary>Forgets the segment.</summary>
    void Break();
}

internal static class ChartKinds
{
    public static IChartKind? Of(ChartKind kind) => kind switch
    {
        ChartKind.Individuals => IndividualsKind.Instance,
        ChartKind.Proportion => ProportionKind.Instance,
        ChartKind.Record => null, // Nothing is estimated and nothing judged.
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An unknown kind of chart."),
    };
}
