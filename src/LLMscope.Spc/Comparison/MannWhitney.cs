using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Comparison;

/// <summary>
/// Whether the values after a change tend to be larger than those before it, whatever their distribution, and by how much.
/// Positive effects mean that the values rose.
/// </summary>
/// <remarks>
/// Mann and Whitney, Annals of Mathematical Statistics 18(1), 1947, 50-60. As in R's <c>wilcox.test</c>, p is exact for fewer than 50 untied values on
/// both sides, and otherwise normal with corrections for ties and continuity. The time grows as n log n.
/// </remarks>
public sealed record MannWhitney
{
    /// <summary>From so many values on either side, p is taken from the normal distribution.</summary>
    private const int ManyValues = 50;

    public required int Before { get; init; }

    public required int After { get; init; }

    /// <summary>Pairs in which the value after is the larger one; ties count half.</summary>
    public required double U { get; init; }

    /// <summary>The two-sided probability of such a U where nothing changed; not a number where a side has no values.</summary>
    public required double P { get; init; }

    public required bool IsExact { get; init; }

    /// <summary>
    /// Cliff's delta: how much more often a value after is larger than one before than it is smaller, -1 to 1.
    /// </summary>
    /// <remarks>The interval is the asymmetric one of Feng and Cliff, Journal of Modern Applied Statistical Methods 3(2), 2004, 322-332.</remarks>
    public required Estimate Delta { get; init; }

    /// <summary>The Hodges-Lehmann shift in data units: the median of all differences, after less before.</summary>
    /// <remarks>Hollander and Wolfe, Nonparametric Statistical Methods, 2nd ed., section 4.3.</remarks>
    public required Estimate Shift { get; init; }

    /// <summary>The probability that a value after is larger than one before, ties half: Vargha and Delaney's A.</summary>
    public double Superiority => U / ((double)Before * After);

    /// <param name="before">In data units and any order; not a number means missing.</param>
    /// <param name="confidence">Of the intervals, in (0, 1).</param>
    /// <param name="variance">
    /// How many times larger the variance of U is than for independent values: 1, or more where values depend on their predecessors. With more than 1
    /// p is not exact.
    /// </param>
    public static MannWhitney Compare(ReadOnlySpan<double> before, ReadOnlySpan<double> after, double confidence = 0.95, double variance = 1)
        => Compare(new SortedSample(before), new SortedSample(after), confidence, variance);

    private static MannWhitney Compare(SortedSample before, SortedSample after, double confidence, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variance, 1);
        if (before.Count == 0 || after.Count == 0)
        {
            return new MannWhitney
            {
                Before = before.Count,
                After = after.Count,
                U = double.NaN,
                P = double.NaN,
                IsExact = false,
                Delta = Estimate.None,
                Shift = Estimate.None,
            };
        }

        var dominance = Dominance.Of(before.Values, after.Values);
        var exact = variance == 1 && dominance.TieTerm == 0 && before.Count < ManyValues && after.Count < ManyValues
            ? new RankSumDistribution(before.Count, after.Count)
            : null;
        return new MannWhitney
        {
            Before = before.Count,
            After = after.Count,
            U = dominance.U,
            P = exact?.TwoSided((int)dominance.U) ?? NormalP(dominance, before.Count, after.Count, variance),
            IsExact = exact is not null,
            Delta = (dominance with { Variance = variance * dominance.Variance }).Delta(confidence),
            Shift = HodgesLehmannShift.Of(before.Values, after.Values, exact, confidence, variance),
        };
    }

    private static double NormalP(Dominance dominance, int before, int after, double variance)
    {
        double pairs = (double)before * after, all = (double)before + after;
        var ofU = variance * pairs / 12 * (all + 1 - (dominance.TieTerm / (all * (all - 1))));
        var distance = Math.Max(0, Math.Abs(dominance.U - (pairs / 2)) - 0.5);
        return ofU <= 0 ? 1 : 2 * Normal.CDF(0, 1, -distance / Math.Sqrt(ofU));
    }
}
