using LLMscope.Spc.Individuals;

namespace LLMscope.Spc.Baselines;

/// <summary>
/// How much each point of a series says about the next, from differences of neighbours only: a shift of the level passes through
/// one difference and leaves the rest alone, so it is not taken for dependence.
/// </summary>
/// <param name="Variance">The variance of one point around its level.</param>
/// <param name="Autocorrelation">Of neighbouring points, as in an autoregression of the first order; at most 0.95.</param>
/// <param name="LongRunVariance">
/// The variance of the sum of many points, per point. It is never below <see cref="Variance"/>, to which it is equal where the points are independent.
/// </param>
internal readonly record struct SerialDependence(double Variance, double Autocorrelation, double LongRunVariance)
{
    /// <summary>Points in one block whose means are compared.</summary>
    private const int BlockLength = 25;

    private const int FewestBlocks = 20;

    private const double LargestAutocorrelation = 0.95;

    /// <param name="scores">Bounded or light-tailed, such as normal scores; at least three.</param>
    /// <remarks>
    /// The autocorrelation is the ratio of the spreads of differences at two lags, less one: Chakar, Lebarbier, Levy-Leduc and Robin, A robust
    /// approach for estimating change-points in the mean of an AR(1) process, Bernoulli 23(2), 2017, 1408-1447. Dependence that lasts longer than
    /// such a process is seen in the means of neighbouring blocks.
    /// </remarks>
    public static SerialDependence Of(ReadOnlySpan<double> scores)
    {
        var (near, far) = (MeanSquare(scores, 1), MeanSquare(scores, 2));
        if (near == 0)
            return default;

        var autocorrelation = Math.Clamp((far / near) - 1, -LargestAutocorrelation, LargestAutocorrelation);
        var variance = near / (2 * (1 - autocorrelation));
        var sums = variance * Math.Max(1, (1 + autocorrelation) / (1 - autocorrelation));
        return new SerialDependence(variance, autocorrelation, Math.Max(sums, OfBlocks(scores)));
    }

    private static double MeanSquare(ReadOnlySpan<double> scores, int lag)
    {
        double sum = 0;
        for (var i = lag; i < scores.Length; i++)
            sum += (scores[i] - scores[i - lag]) * (scores[i] - scores[i - lag]);
        return sum / (scores.Length - lag);
    }

    private static double OfBlocks(ReadOnlySpan<double> scores)
    {
        var blocks = scores.Length / BlockLength;
        if (blocks < FewestBlocks)
            return 0;

        var differences = new double[blocks - 1];
        for (var block = 0; block < differences.Length; block++)
            differences[block] = Math.Abs(Sum(scores.Slice(block * BlockLength, BlockLength)) - Sum(scores.Slice((block + 1) * BlockLength, BlockLength)));

        // The median, since a shift of the level makes one difference large.
        var spread = ChartConstants.MadScale * RobustScale.Median(differences);
        return spread * spread / (2 * BlockLength);
    }

    private static double Sum(ReadOnlySpan<double> scores)
    {
        double sum = 0;
        foreach (var score in scores)
            sum += score;
        return sum;
    }
}
