using LLMscope.Spc.Individuals;

namespace LLMscope.Spc.Baselines;

/// <summary>
/// Looks back over the values of a baseline for changes of the level, and cuts there. It works on normal scores, so single outliers are no change,
/// and asks for more evidence the more the values depend on their predecessors.
/// </summary>
/// <remarks>
/// The cuts minimise the sum of squares around the levels plus a penalty for each cut of 3 ln n times the long-run variance of a score, over
/// all sets of cuts: <see cref="OptimalPartition"/>.
/// </remarks>
public static class ChangePointScan
{
    /// <summary>The fewest values of a stretch.</summary>
    public const int ShortestStretch = 50;

    /// <summary>What one cut costs, in units of ln n times the long-run variance.</summary>
    private const double Penalty = 3;

    /// <summary>A stretch that has this share of the longest one's values is as good as it, and the latest of those is taken.</summary>
    private const double NearTie = 0.9;

    /// <param name="values">In the order of their time and in data units; not a number means missing.</param>
    /// <param name="shortest">The fewest values of a stretch, at least 2.</param>
    /// <returns>The stretches in order; together they hold every index. One where nothing changed, none where there are no values.</returns>
    public static IReadOnlyList<StableStretch> Scan(ReadOnlySpan<double> values, int shortest = ShortestStretch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shortest, 2);
        if (values.IsEmpty)
            return [];

        var indices = Present(values);
        var present = new double[indices.Count];
        for (var i = 0; i < present.Length; i++)
            present[i] = values[indices[i]];

        var stretches = new List<StableStretch>();
        var (first, taken) = (0, 0);
        foreach (var cut in Cuts(present, shortest))
        {
            Add(indices[cut] - 1, cut);
            first = indices[cut];
        }

        Add(values.Length - 1, present.Length);
        return stretches;

        void Add(int last, int end)
        {
            var median = end == taken ? double.NaN : RobustScale.Median(present.AsSpan(taken..end));
            stretches.Add(new StableStretch(first, last, end - taken, median));
            taken = end;
        }
    }

    /// <summary>The stretch to take limits from: the longest, and of those that are nearly as long the latest.</summary>
    /// <returns>Null where there are no values.</returns>
    public static StableStretch? LongestStableStretch(ReadOnlySpan<double> values, int shortest = ShortestStretch)
        => Longest(Scan(values, shortest));

    /// <inheritdoc cref="LongestStableStretch"/>
    /// <param name="stretches">In the order of their time.</param>
    public static StableStretch? Longest(IReadOnlyList<StableStretch> stretches)
    {
        ArgumentNullException.ThrowIfNull(stretches);
        if (stretches.Count == 0)
            return null;

        var enough = NearTie * stretches.Max(stretch => stretch.Count);
        return stretches.Last(stretch => stretch.Count >= enough);
    }

    private static List<int> Present(ReadOnlySpan<double> values)
    {
        var indices = new List<int>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
                indices.Add(i);
        }

        return indices;
    }

    private static IReadOnlyList<int> Cuts(double[] values, int shortest)
    {
        if (values.Length < 2 * shortest)
            return [];

        var scores = RankScores.Of(values);
        var noise = SerialDependence.Of(scores).LongRunVariance;
        return noise == 0 ? [] : OptimalPartition.Cuts(scores, Penalty * Math.Log(values.Length) * noise, shortest);
    }
}
