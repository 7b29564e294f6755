using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Charts;

/// <summary>The kinds of charts that there are.</summary>
internal static class ChartKinds
{
    public static IChartKind? Of(ChartKind kind) => kind switch
    {
        ChartKind.Individuals => IndividualsKind.Instance,
        ChartKind.Proportion => ProportionKind.Instance,
        ChartKind.ProportionPrime => ProportionKind.Prime,
        ChartKind.UnitCount => UnitCountKind.Instance,
        ChartKind.Count => CountKind.Instance,
        ChartKind.Rate => RateKind.Instance,
        ChartKind.RatePrime => RateKind.Prime,
        ChartKind.TimeBetween => TimeBetweenKind.Instance,
        ChartKind.SubgroupMeansS => SubgroupMeansKind.Deviations,
        ChartKind.SubgroupMeansR => SubgroupMeansKind.Ranges,
        ChartKind.UnitsBetween => UnitsBetweenKind.Instance,
        ChartKind.HotellingT2 => JointChartKind.T2,
        ChartKind.Mewma => JointChartKind.Mewma,
        ChartKind.Record => null, // Nothing is estimated and nothing judged.
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An unknown kind of chart."),
    };

    public static PointSource SourceOf(ChartKind kind) => Of(kind)?.Source ?? PointSource.Samples;

    public static Unit UnitOf(ChartKind kind, Characteristic characteristic) => Of(kind)?.UnitOf(characteristic) ?? characteristic.Unit;

    /// <summary>Whether points of one plan can be judged by another: they are made of the same samples in the same way.</summary>
    public static bool PlotAlike(ChartPlan one, ChartPlan other) =>
        (one.Kind == other.Kind || (SourceOf(one.Kind) == PointSource.Samples && SourceOf(other.Kind) == PointSource.Samples))
        && one.Subgroup == other.Subgroup && (one.Subgroup == TimeSpan.Zero || one.Transform == other.Transform);

    /// <summary>Why a characteristic cannot be charted by a plan; null where it can. For people.</summary>
    public static string? Refusal(ChartPlan plan, Characteristic characteristic)
    {
        if (Of(plan.Kind) is not { } kind)
            return null;
        if (!kind.Suits(characteristic.Nature))
        {
            if (kind is JointChartKind || characteristic.Nature == CharacteristicNature.Joint)
                return $"{characteristic.Title} cannot be charted so: a joint chart has several characteristics, and every other one.";

            return characteristic.Nature == CharacteristicNature.Event
                ? $"{characteristic.Title} is an event that happens or not, and this kind of chart is for measured values."
                : $"{characteristic.Title} is measured, and this kind of chart is for events that happen or not.";
        }

        return kind.Source switch
        {
            PointSource.Events or PointSource.Units when plan.Subgroup != TimeSpan.Zero => "Every event is a point of this kind of chart, so it has no intervals.",
            PointSource.Subgroups when plan.Subgroup <= TimeSpan.Zero => "A point of this kind of chart stands for an interval; choose how long it is.",
            PointSource.Samples when plan.Subgroup == TimeSpan.Zero && characteristic.Nature == CharacteristicNature.Event =>
                "A single event is 0 or 1 and has no limits; choose the interval that a point stands for.",
            _ => null,
        };
    }
}
