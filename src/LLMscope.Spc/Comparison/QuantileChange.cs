namespace LLMscope.Spc.Comparison;

/// <summary>How a quantile, such as the median or p95, changed between two samples, with bootstrap intervals.</summary>
/// <remarks>
/// The intervals are those of percentiles (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13): they carry over from one scale to
/// another. The acceleration of BCa comes from the jackknife, which is inconsistent for quantiles (Efron and Tibshirani, section 11.6).
/// The time is bounded for samples of any size: <see cref="IndependentDraws"/>, <see cref="BlockDraws"/>.
/// </remarks>
public sealed record QuantileChange
{
    /// <summary>With fewer values on the short side of a quantile the sample does not tell how far it may lie out.</summary>
    public const int FewestBeyond = 5;

    /// <summary>In (0, 1).</summary>
    public required double Quantile { get; init; }

    /// <summary>In data units; not a number where there are no values.</summary>
    public required double Before { get; init; }

    public required double After { get; init; }

    /// <summary>After less before, in data units.</summary>
    public required Estimate Difference { get; init; }

    /// <summary>After divided by before; not numbers unless every draw before is positive.</summary>
    public required Estimate Ratio { get; init; }

    /// <summary>Whether both samples have enough values beyond the quantile for the interval to hold.</summary>
    public required bool HasEnoughValues { get; init; }

    /// <summary>Values per block of the draws; 1 where both series were treated as independent.</summary>
    public required int BlockLength { get; init; }

    /// <param name="before">In data units and in the order of their time; not a number means missing.</param>
    /// <param name="quantile">In (0, 1).</param>
    public static QuantileChange Between(
        ReadOnlySpan<double> before, ReadOnlySpan<double> after, double quantile, BootstrapOptions? options = null)
    {
        if (quantile is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile lies between 0 and 1.");

        options ??= new BootstrapOptions();
        var (first, second) = (new SortedSample(before), new SortedSample(after));
        var fewest = Math.Min(first.Count, second.Count);
        var blocks = options.BlockLength ?? Math.Max(Comparison.BlockLength.For(before), Comparison.BlockLength.For(after));
        var (difference, ratio) = fewest == 0 ? (Estimate.None, Estimate.None)
            : Intervals(Sampler(before, first, 0), Sampler(after, second, 1), first.Quantile(quantile), second.Quantile(quantile), options);
        return new QuantileChange
        {
            Quantile = quantile,
            Before = first.Quantile(quantile),
            After = second.Quantile(quantile),
            Difference = difference,
            Ratio = ratio,
            HasEnoughValues = fewest * Math.Min(quantile, 1 - quantile) >= FewestBeyond - 1e-9,
            BlockLength = blocks,
        };

        // The two samples draw from their own random numbers, so swapping them swaps the roles and nothing else changes but the numbers drawn.
        Func<double> Sampler(ReadOnlySpan<double> values, SortedSample sample, int side)
        {
            var random = new Random(unchecked((options.Seed * 2) + side));
            return blocks == 1
                ? new IndependentDraws(sample, quantile, random).Next
                : new BlockDraws(SortedSample.Present(values), quantile, blocks, random).Next;
        }
    }

    private static (Estimate Difference, Estimate Ratio) Intervals(
        Func<double> drawBefore, Func<double> drawAfter, double before, double after, BootstrapOptions options)
    {
        var differences = new double[options.Replicates];
        var ratios = new double[options.Replicates];
        var positive = before > 0;
        for (var i = 0; i < options.Replicates; i++)
        {
            var (first, second) = (drawBefore(), drawAfter());
            differences[i] = second - first;
            ratios[i] = second / first;
            positive &= first > 0;
        }

        return (Interval(after - before, differences), positive ? Interval(after / before, ratios) : Estimate.None);

        Estimate Interval(double value, double[] draws)
        {
            var sorted = new SortedSample(draws);
            var tail = (1 - options.Confidence) / 2;
            return new Estimate(value, sorted.Quantile(tail), sorted.Quantile(1 - tail));
        }
    }
}
