using LLMscope.Spc.Attributes;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Judging;

/// <summary>What a baseline of counted events says of the process behind it: the one that it estimates, and a set of others, each as likely as the next.</summary>
/// <remarks>
/// By the posterior distribution under Jeffreys' prior, Beta(events + 1/2, units - events + 1/2) for a probability and Gamma(events + 1/2) / exposure for a rate
/// (Brown, Cai and DasGupta, Statistical Science 16(2), 2001, 101-133), at the middles of equal shares. Laney's sigma of z is off as a mean moving range is.
/// </remarks>
public sealed class PlausibleCounts
{
    private const int Processes = 300;

    // Judges need the bounds alone, and there is one for each chart.
    private readonly Lazy<IReadOnlyList<CountProcess>> _others;

    private PlausibleCounts(CountProcess estimated, int points, double least, double most, Func<IEnumerable<CountProcess>> others, bool isOverdispersed)
        => (Estimated, Points, Least, Most, _others, IsOverdispersed) = (
            estimated, points, estimated.At(least), estimated.At(most), new Lazy<IReadOnlyList<CountProcess>>(() => [.. others()]), isOverdispersed);

    public CountProcess Estimated { get; }

    /// <summary>Points of the baseline.</summary>
    public int Points { get; }

    /// <summary>The process at the lower confidence bound of the rate.</summary>
    public CountProcess Least { get; }

    /// <summary>The process at the upper confidence bound of the rate.</summary>
    public CountProcess Most { get; }

    /// <summary>Whether the counts vary by more than chance, and are taken for normal.</summary>
    public bool IsOverdispersed { get; }

    /// <summary>Each as likely as the next.</summary>
    public IReadOnlyList<CountProcess> Others => _others.Value;

    /// <param name="limits">In force, so that Laney's stand for counts that vary more than by chance.</param>
    public static PlausibleCounts Of(ProportionBaseline baseline, AttributeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        var estimated = CountProcess.Binomial(baseline.Proportion);
        return AttributeLines.InForce(limits, baseline.IsOverdispersed) == AttributeLimits.Laney
            ? Overdispersed(estimated, baseline.Dispersion, baseline.Subgroups, baseline.Units)
            : new PlausibleCounts(
                estimated, baseline.Subgroups, baseline.LowerBound, baseline.UpperBound,
                () => Shares().Select(share => CountProcess.Binomial(Beta.InvCDF(baseline.Events + 0.5, baseline.Units - baseline.Events + 0.5, share))),
                isOverdispersed: false);
    }

    /// <inheritdoc cref="Of(ProportionBaseline, AttributeLimits)"/>
    public static PlausibleCounts Of(RateBaseline baseline, AttributeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        var estimated = CountProcess.Poisson(baseline.Rate);
        return AttributeLines.InForce(limits, baseline.IsOverdispersed) == AttributeLimits.Laney
            ? Overdispersed(estimated, baseline.Dispersion, baseline.Subgroups, baseline.Exposure)
            : new PlausibleCounts(
                estimated, baseline.Subgroups, baseline.LowerBound, baseline.UpperBound,
                () => Shares().Select(share => CountProcess.Poisson(Gamma.InvCDF(baseline.Events + 0.5, baseline.Exposure, share))),
                isOverdispersed: false);
    }

    private static PlausibleCounts Overdispersed(CountProcess process, double dispersion, int points, double exposure)
    {
        var error = dispersion * process.Deviation(exposure) / exposure;
        var sigmas = new SigmaEstimates(ExpectedFalseAlarms.MovingRangeError / Math.Sqrt(points));
        return new PlausibleCounts(
            CountProcess.Overdispersed(process, dispersion), points, process.Rate, process.Rate,
            () => EvenPoints.InUnitCube(2, Processes).Select(at => CountProcess.Overdispersed(
                process.At(Math.Clamp(process.Rate + (error * Normal.InvCDF(0, 1, at[0])), 0, process.MostRate)),
                dispersion / sigmas.Quantile(at[1]))),
            isOverdispersed: true);
    }

    private static IEnumerable<double> Shares() => Enumerable.Range(0, Processes).Select(i => (i + 0.5) / Processes);
}
