namespace LLMscope.Spc.Comparison;

/// <summary>The exact distribution of Mann and Whitney's U where nothing differs and no values are tied.</summary>
/// <remarks>
/// The ways to reach each U are the coefficients of the Gaussian binomial, the product over i of (1 - q^(n + i)) / (1 - q^i).
/// They stay below C(98, 49), about 2.5e28, and are whole numbers here.
/// </remarks>
internal sealed class RankSumDistribution
{
    private readonly double[] _cumulative;

    /// <param name="before">1 to 49.</param>
    /// <param name="after">1 to 49.</param>
    public RankSumDistribution(int before, int after)
    {
        var ways = new Int128[(before * after) + 1];
        ways[0] = 1;
        for (var i = 1; i <= before; i++)
        {
            for (var u = ways.Length - 1; u >= after + i; u--)
                ways[u] -= ways[u - after - i];
            for (var u = i; u < ways.Length; u++)
                ways[u] += ways[u - i];
        }

        var all = Int128.Zero;
        foreach (var way in ways)
            all += way;

        _cumulative = new double[ways.Length];
        var sum = Int128.Zero;
        for (var u = 0; u < ways.Length; u++)
            _cumulative[u] = (double)(sum += ways[u]) / (double)all;
    }

    public double AtMost(int u) => u < 0 ? 0 : _cumulative[Math.Min(u, _cumulative.Length - 1)];

    /// <summary>The distribution is symmetric, so both tails are as likely.</summary>
    public double TwoSided(int u) => Math.Min(1, 2 * AtMost(Math.Min(u, _cumulative.Length - 1 - u)));

    /// <summary>The least U that is reached with at least this probability from below.</summary>
    public int Quantile(double probability)
    {
        var u = 0;
        while (_cumulative[u] < probability)
            u++;
        return u;
    }
}
