using LLMscope.Spc.Individuals;

namespace LLMscope.Spc.Baselines;

/// <summary>
/// Finds incidents among the values of a baseline: three or more far-out values on one side with hardly a pause between them, where chance would hardly
/// bring them together. A value that is far out alone is no incident; it says how heavy the tail is.
/// </summary>
internal static class Incidents
{
    // In robust standard deviations from the median.
    private const double FarOut = 5;
    private const int Fewest = 3;
    private const int LongestPause = 3;

    // How many such clusters far-out values at random places may be expected to make in the whole baseline.
    private const double ByChance = 0.05;

    /// <param name="scaled">On the scale of the chart; not a number means missing.</param>
    /// <returns>The indices of the values of incidents, the few in between included, ascending.</returns>
    public static IReadOnlyList<int> Find(double[] scaled)
    {
        var present = Array.FindAll(scaled, double.IsFinite);
        var median = RobustScale.Median(present);
        var bound = FarOut * RobustScale.MedianAbsoluteDeviation(present, median);
        var found = new SortedSet<int>();
        if (bound == 0)
            return [];

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var clusters = Clusters(scaled, value => side * (value - median) > bound);
            var farOut = clusters.Sum(cluster => cluster.Count);
            foreach (var (first, last, count) in clusters)
            {
                // The share of far-out values elsewhere, one more than are seen, says how often they follow each other by chance.
                var share = (farOut - count + 1.0) / present.Length;
                var goesOn = 1 - Math.Pow(1 - share, LongestPause);
                if (count >= Fewest && present.Length * share * Math.Pow(goesOn, count - 1) < ByChance)
                    found.UnionWith(Enumerable.Range(first, last - first + 1).Where(place => double.IsFinite(scaled[place])));
            }
        }

        // A process in which one value in ten is far out has a heavy tail, not that many incidents.
        return found.Count > present.Length / 10 ? [] : [.. found];
    }

    private static List<(int First, int Last, int Count)> Clusters(double[] scaled, Predicate<double> isFarOut)
    {
        var clusters = new List<(int First, int Last, int Count)>();
        for (var index = 0; index < scaled.Length; index++)
        {
            if (!isFarOut(scaled[index]))
                continue;
            if (clusters.Count > 0 && index - clusters[^1].Last <= LongestPause)
                clusters[^1] = (clusters[^1].First, index, clusters[^1].Count + 1);
            else
                clusters.Add((index, index, 1));
        }

        return clusters;
    }
}
