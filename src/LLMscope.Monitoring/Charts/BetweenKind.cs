using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>
/// What lies from one event to the next, for events too rare to be counted in intervals. Every event is a point, and low values are the bad ones. What its kinds
/// differ in is what lies between: time, or units.
/// </summary>
/// <param name="fewest">The points of the smallest baseline.</param>
internal abstract class BetweenKind(ChartKind kind, PointSource source, int fewest) : IChartKind
{
    public PointSource Source => source;

    // What is estimated from so many is off by a tenth.
    public int ConfirmedPoints => 100;

    public abstract RuleSet Rules { get; }

    public bool Suits(CharacteristicNature nature) => nature == CharacteristicNature.Event;

    public ChartPlan Usual(Characteristic characteristic) => new(kind, Transform.None, TimeSpan.Zero, Rules, fewest);

    public abstract Unit UnitOf(Characteristic characteristic);

    public (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var wanted = Math.Max(plan.BaselinePoints, fewest);
        return (collected.Count >= wanted, wanted);
    }

    public abstract BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected);

    public abstract Detection Detect(ChartPlan plan, Baseline baseline);

    public abstract IPointJudge JudgeBy(Baseline baseline, Detection detection);

    public abstract IKindOutlook OutlookOf(Baseline baseline, IReadOnlyList<(int Size, long Points)> sizes);
}
