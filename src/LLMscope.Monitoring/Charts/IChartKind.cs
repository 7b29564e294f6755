using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>What one kind of chart does in its own way. A new kind is a new class here and one line in <see cref="ChartKinds"/>.</summary>
internal interface IChartKind
{
    PointSource Source { get; }

    /// <summary>Points of a confirmed baseline; 0 where the first baseline is as good as it gets.</summary>
    int ConfirmedPoints { get; }

    /// <summary>The rules that it can judge.</summary>
    RuleSet Rules { get; }

    /// <summary>The natures of the characteristics that it tells something of.</summary>
    bool Suits(CharacteristicNature nature);

    /// <summary>What someone gets who chooses no more than the kind.</summary>
    ChartPlan Usual(Characteristic characteristic);

    /// <summary>The unit of its points.</summary>
    Unit UnitOf(Characteristic characteristic) => characteristic.Unit;

    /// <summary>What the samples of an interval come to.</summary>
    double Plotted(OpenSubgroup subgroup) => subgroup.Statistic;

    /// <summary>How far they lie apart, for a kind that charts it.</summary>
    PointSpread? SpreadOf(OpenSubgroup subgroup) => null;

    /// <summary>Whether so many collected points are worth an estimate, and how many there should be.</summary>
    (bool IsEnough, int Wanted) Progress(ChartPlan plan, IReadOnlyList<ChartPoint> collected);

    BaselineProposal Estimate(ChartPlan plan, IReadOnlyList<ChartPoint> collected);

    /// <summary>What is looked for with these limits, and with which numbers.</summary>
    Detection Detect(ChartPlan plan, Baseline baseline);

    /// <summary>The judge of a segment that begins with its next point.</summary>
    IPointJudge JudgeBy(Baseline baseline, Detection detection);

    /// <summary>What is to be expected with these limits; null where the kind cannot tell.</summary>
    /// <param name="sizes">How many points of each number of samples the chart has seen, where its points are of intervals.</param>
    IKindOutlook? OutlookOf(Baseline baseline, IReadOnlyList<(int Size, long Points)> sizes);
}
