using LLMscope.Spc.Attributes;

namespace LLMscope.Service.Judging;

/// <summary>Counts and their sizes out of a request, each checked where it stands.</summary>
internal static class CountObservations
{
    private const double LargestCount = 1_000_000_000;

    /// <summary>Events out of units; a missing count or size makes an empty subgroup, which is missing.</summary>
    public static IReadOnlyList<ProportionSubgroup> Proportions(Observations observed, string kind)
    {
        var sizes = SizesOf(observed, kind);
        var subgroups = new List<ProportionSubgroup>(observed.Numbers.Length);
        foreach (var (index, count) in observed.Numbers.Index())
        {
            var size = index < sizes.Length ? sizes[index] : double.NaN;
            if (double.IsFinite(size) && size != Math.Floor(size))
                FaultOfSize(observed, index, "must be a whole number of units");
            if (IsCount(observed, index) && count > size)
                observed.Place.Faults.Add($"{observed.Place.Path}[{index}]", $"must not be larger than its size, {size}");
            subgroups.Add(IsKnown(count) && IsKnown(size) ? new ProportionSubgroup((int)size, (int)count) : default);
        }

        return subgroups;
    }

    /// <summary>Events and exposure; for the chart c the exposure of every point is 1.</summary>
    public static IReadOnlyList<RateSubgroup> Rates(Observations observed, string kind, bool ofOneSize)
    {
        double[] sizes = ofOneSize ? [.. Enumerable.Repeat(1.0, observed.Numbers.Length)] : SizesOf(observed, kind);
        if (ofOneSize)
            observed.SizesPlace?.Fault($"is not for the chart {kind}, whose points are of one size; use u");
        var subgroups = new List<RateSubgroup>(observed.Numbers.Length);
        foreach (var (index, count) in observed.Numbers.Index())
        {
            var size = index < sizes.Length ? sizes[index] : double.NaN;
            if (IsCount(observed, index) && size == 0 && count > 0)
                FaultOfSize(observed, index, "must be above 0 where there are events");
            subgroups.Add(IsKnown(count) && IsKnown(size) ? new RateSubgroup(size, (int)count) : default);
        }

        return subgroups;
    }

    /// <summary>Counts without sizes.</summary>
    public static bool AreCounts(Observations observed)
    {
        observed.SizesPlace?.Fault("belongs to counts of subgroups, the charts p, np, u, p-prime and u-prime");
        return !observed.Numbers.Index().Where(number => !double.IsNaN(number.Item)).Select(number => IsCount(observed, number.Index)).Contains(false);
    }

    private static double[] SizesOf(Observations observed, string kind)
    {
        if (observed.Sizes is { } sizes)
            return sizes;

        observed.Place.Fault($"needs sizes for the chart {kind}: how much each count was counted among");
        return [];
    }

    private static bool IsCount(Observations observed, int index)
    {
        var count = observed.Numbers[index];
        if (double.IsNaN(count) || (count is >= 0 and <= LargestCount && count == Math.Floor(count)))
            return true;

        observed.Place.Faults.Add($"{observed.Place.Path}[{index}]", $"must be a count, a whole number from 0 to {LargestCount:0}");
        return false;
    }

    private static void FaultOfSize(Observations observed, int index, string message)
        => observed.Place.Faults.Add(
            observed.SizesPlace!.Element.ValueKind == System.Text.Json.JsonValueKind.Array ? $"{observed.SizesPlace.Path}[{index}]" : observed.SizesPlace.Path, message);

    private static bool IsKnown(double number) => number is >= 0 and <= LargestCount;
}
