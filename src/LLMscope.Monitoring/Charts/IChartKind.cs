using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Charts;

/// <summary>What one kind of chart does in its own way. A new kind is a new class here and one line in <see cref="ChartKinds"/>.</summary>
internal interface IChartKind
{
    /// <summary>Points of a confirmed baseline; 0 where the first baseline is as good as it gets.</summary>
    int ConfirmedPoints { get; }

    /// <summary>Whether so many collected points are worth an estimate, and how many there should be.</summary>
    (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected);

    BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected);

    /// <summary>What is looked for with these limits, and with which numbers.</summary>
    Detection Detect(ChartPlan plan, Baseline baseline);

    /// <summary>The judge of a segment that begins with its next point.</summary>
    IPointJudge JudgeBy(Baseline baseline, Detection detection);
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
