namespace LLMscope.Spc.Attributes;

/// <summary>The sizes that the points of a chart of counts have, and the share of the points that each has.</summary>
public sealed record PointSizes
{
    // So many give the false alarms of all of them, which differ little from one size to the next; each costs its tails.
    private const int Most = 60;

    private PointSizes(IReadOnlyList<(double Size, double Share)> all) => All = all;

    /// <summary>Ascending; the shares sum to 1.</summary>
    public IReadOnlyList<(double Size, double Share)> All { get; }

    public double Mean => All.Sum(one => one.Size * one.Share);

    public static PointSizes One(double size) => new([(size, 1)]);

    /// <param name="counted">How many points have each size. More than sixty sizes are represented by as many, at the middles of equal shares.</param>
    public static PointSizes Of(IEnumerable<(int Size, long Points)> counted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        var given = counted.Where(one => one.Size > 0 && one.Points > 0).OrderBy(one => one.Size).ToArray();
        if (given.Length == 0)
            throw new ArgumentException("There is no point with a size.", nameof(counted));

        var total = (double)given.Sum(one => one.Points);
        return new PointSizes([.. given.Select(one => ((double)one.Size, one.Points / total))]).Thinned(Most);
    }

    /// <summary>No more than so many sizes, at the middles of equal shares.</summary>
    public PointSizes Thinned(int most)
    {
        if (All.Count <= most)
            return this;

        var thinned = new List<(double, double)>(most);
        var (index, upTo) = (0, All[0].Share);
        for (var i = 0; i < most; i++)
        {
            while (upTo < (i + 0.5) / most && index < All.Count - 1)
                upTo += All[++index].Share;
            thinned.Add((All[index].Size, 1.0 / most));
        }

        return new PointSizes(thinned);
    }
}
