using LLMscope.Spc.Attributes;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Spc.Judging;

/// <summary>The points of a chart in the order of their time.</summary>
/// <param name="Values">What is plotted; not a number means missing.</param>
/// <param name="Sizes">How much each point stands for: values of a subgroup, units or exposure. Empty where every point stands for as much.</param>
public sealed record PlottedSeries(double[] Values, double[] Sizes)
{
    /// <summary>As many as values, or none.</summary>
    public PointContext[] Contexts { get; init; } = [];

    /// <summary>The indices at which a new segment begins: no pattern, sum or average reaches back over one.</summary>
    public IReadOnlySet<int> Resets { get; init; } = new HashSet<int>();

    public static PlottedSeries OfMeans(IReadOnlyList<Subgroup> subgroups)
        => new([.. subgroups.Select(subgroup => subgroup.Mean)], SizesOf(subgroups));

    /// <summary>Ranges or standard deviations; a single value has none.</summary>
    public static PlottedSeries OfSpreads(IReadOnlyList<Subgroup> subgroups, SubgroupSpread spread) => new(
        [.. subgroups.Select(subgroup => subgroup.Size < 2 ? double.NaN : spread == SubgroupSpread.Range ? subgroup.Range : subgroup.Deviation)],
        SizesOf(subgroups));

    public static PlottedSeries OfProportions(IReadOnlyList<ProportionSubgroup> subgroups)
        => new([.. subgroups.Select(subgroup => subgroup.Proportion)], [.. subgroups.Select(subgroup => (double)subgroup.Units)]);

    /// <summary>Events of subgroups of one size; an empty subgroup is missing.</summary>
    public static PlottedSeries OfUnitCounts(IReadOnlyList<ProportionSubgroup> subgroups)
        => new([.. subgroups.Select(subgroup => subgroup.Units == 0 ? double.NaN : subgroup.Events)], []);

    public static PlottedSeries OfRates(IReadOnlyList<RateSubgroup> subgroups)
        => new([.. subgroups.Select(subgroup => subgroup.Rate)], [.. subgroups.Select(subgroup => subgroup.Exposure)]);

    private static double[] SizesOf(IReadOnlyList<Subgroup> subgroups) => [.. subgroups.Select(subgroup => (double)subgroup.Size)];
}
