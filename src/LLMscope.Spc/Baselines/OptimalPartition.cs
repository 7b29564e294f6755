namespace LLMscope.Spc.Baselines;

/// <summary>The cuts of a series that make its squared distances from the levels, plus a penalty for each cut, as small as possible.</summary>
/// <remarks>
/// Jackson et al., An algorithm for optimal partitioning of data on an interval, IEEE Signal Processing Letters 12(2), 2005, 105-108, with the
/// pruning of Killick, Fearnhead and Eckley, Journal of the American Statistical Association 107, 2012, 1590-1598. A long series is first cut on
/// a grid of <see cref="MostPlaces"/> places and each cut then moved to the best place near it, so the time is bounded by a constant plus a scan.
/// </remarks>
internal static class OptimalPartition
{
    /// <summary>Places for a cut that are tried; half the square of it bounds the work.</summary>
    private const int MostPlaces = 4_096;

    /// <returns>Ascending indices of the first value of each part but the first.</returns>
    public static IReadOnlyList<int> Cuts(ReadOnlySpan<double> values, double penalty, int shortest)
    {
        var grid = ((values.Length - 1) / MostPlaces) + 1;
        var sums = Sums(values);
        var cuts = OnGrid(sums, grid, penalty, shortest);
        if (grid > 1)
            Refine(cuts, sums, grid, shortest);
        return cuts;
    }

    private static double[] Sums(ReadOnlySpan<double> values)
    {
        var sums = new double[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
            sums[i + 1] = sums[i] + values[i];
        return sums;
    }

    private static List<int> OnGrid(double[] sums, int grid, double penalty, int shortest)
    {
        var count = sums.Length - 1;
        var places = count / grid;
        var fewest = ((shortest - 1) / grid) + 1;
        var best = new double[places + 1];
        var previous = new int[places + 1];
        var starts = new CandidateStarts(places);
        for (var place = fewest; place <= places; place++)
        {
            var start = place - fewest;
            if (start == 0 || start >= fewest)
                starts.Add(start, start * grid, sums[start * grid], best[start]);

            var end = place == places ? count : place * grid;
            var (cost, from) = starts.Cheapest(end, sums[end]);
            (best[place], previous[place]) = (cost + penalty, from);
            starts.Retire(best[place], place + 1, place + fewest);
        }

        var cuts = new List<int>();
        for (var cut = previous[places]; cut > 0; cut = previous[cut])
            cuts.Add(cut * grid);
        cuts.Reverse();
        return cuts;
    }

    private static void Refine(List<int> cuts, double[] sums, int grid, int shortest)
    {
        for (var i = 0; i < cuts.Count; i++)
        {
            var first = i == 0 ? 0 : cuts[i - 1];
            var end = i == cuts.Count - 1 ? sums.Length - 1 : cuts[i + 1];
            var (most, at) = (double.NegativeInfinity, cuts[i]);
            for (var cut = Math.Max(first + shortest, cuts[i] - grid); cut <= Math.Min(end - shortest, cuts[i] + grid); cut++)
            {
                var before = sums[cut] - sums[first];
                var after = sums[end] - sums[cut];
                var explained = (before * before / (cut - first)) + (after * after / (end - cut));
                if (explained > most)
                    (most, at) = (explained, cut);
            }

            cuts[i] = at;
        }
    }
}
