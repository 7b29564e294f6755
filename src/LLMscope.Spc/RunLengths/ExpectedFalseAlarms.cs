using LLMscope.Spc.Individuals;
using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>How many false alarms the rules of a chart raise while nothing is wrong.</summary>
/// <remarks>
/// Each alarm is taken to be answered, so that the rules start afresh after it: points divided by the average run length. It holds for
/// independent points. The bands take the chart's own baseline for one of many of its size: they ask for the exact run lengths of a fixed, evenly
/// spread set of them.
/// </remarks>
public static class ExpectedFalseAlarms
{
    /// <summary>The baselines in a band where trend and alternation make a run length dear, and where they do not.</summary>
    private const int FewBaselines = 64, ManyBaselines = 256;

    private const int FewestValues = 8;

    /// <summary>The standard error of a sigma from the mean moving range of m values, times sqrt(m), as a share of it.</summary>
    internal const double MovingRangeError = 0.9089;

    /// <summary>With lines that are known.</summary>
    /// <param name="points">How many points the chart takes in the time asked about, such as 10,080 in a week at one a minute.</param>
    public static double Among(double points, RuleSet rules, RuleParameters? parameters = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        return rules == RuleSet.None ? 0 : points / RunLength.Of(rules, parameters).Mean;
    }

    /// <summary>With lines at quantiles of a baseline of so many values, whatever their distribution.</summary>
    /// <remarks>
    /// Between its ordered values a sample splits the probability like a Dirichlet distribution (Wilks, Mathematical Statistics, 1962, section 8.7), so
    /// that the true probabilities of the zones are taken to be one with a parameter of (baseline + 1) times the nominal probability of each.
    /// </remarks>
    /// <param name="baseline">How many values the lines were estimated from, at least 8.</param>
    public static FalseAlarmBand OfQuantiles(double points, RuleSet rules, int baseline, RuleParameters? parameters = null)
        => OfQuantiles(points, rules, baseline, parameters, ManyBaselines);

    /// <param name="baselines">How many baselines are drawn at most: time grows with them.</param>
    internal static FalseAlarmBand OfQuantiles(double points, RuleSet rules, int baseline, RuleParameters? parameters, int baselines)
        => Band(points, rules, baseline, parameters, baselines, model =>
        {
            var nominal = model.NormalWidths(0, 1);
            return (nominal.Length, coordinates => model.For(Split(nominal, baseline + 1, coordinates)));
        });

    /// <summary>With lines at multiples of a sigma that was estimated, with the centre line, from so many values of a normal distribution.</summary>
    /// <remarks>
    /// Both estimates are taken to be independent, the centre normal and the square of sigma gamma distributed. Their relative standard errors are
    /// 1.2533 and 0.7152 / sqrt(m) for median and mean difference, 1 and 0.9089 / sqrt(m) for mean and mean moving range.
    /// </remarks>
    /// <param name="baseline">How many values the limits were estimated from, at least 8.</param>
    public static FalseAlarmBand OfSigma(
        double points, RuleSet rules, int baseline, RuleParameters? parameters = null, BaselineEstimator estimator = BaselineEstimator.Robust)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(baseline, FewestValues);
        var (centre, sigma) = estimator == BaselineEstimator.Robust ? (1.2533, 0.7152) : (1, MovingRangeError);
        var root = Math.Sqrt(baseline);
        return OfEstimates(points, rules, centre / root, sigma / root, parameters);
    }

    /// <summary>With lines at multiples of a sigma that was estimated independently of the centre line, with these standard errors.</summary>
    /// <param name="centreError">Of the centre line, in sigma.</param>
    /// <param name="sigmaError">Of sigma, as a share of it.</param>
    internal static FalseAlarmBand OfEstimates(double points, RuleSet rules, double centreError, double sigmaError, RuleParameters? parameters)
        => Band(points, rules, FewestValues, parameters, ManyBaselines, model =>
        {
            var sigmas = new SigmaEstimates(sigmaError);
            return (2, coordinates =>
            {
                var shift = centreError * Normal.InvCDF(0, 1, coordinates[0]);
                var scale = sigmas.Quantile(coordinates[1]);
                return model.ForNormal(shift / scale, 1 / scale);
            }
            );
        });

    private static FalseAlarmBand Band(
        double points, RuleSet rules, int baseline, RuleParameters? parameters, int baselines, Func<RunModel, (int Dimensions, Func<double[], RunLength> RunLengthAt)> of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(baseline, FewestValues);
        if (rules == RuleSet.None)
            return default;

        var model = RunModel.Of(rules, parameters ?? RuleParameters.Default);
        var (dimensions, runLengthAt) = of(model);
        return FalseAlarmBand.Over(
            EvenPoints.InUnitCube(dimensions, model.SeesOrder ? Math.Min(FewBaselines, baselines) : baselines).Select(at => points / runLengthAt(at).Mean));
    }

    private static double[] Split(double[] nominal, int total, double[] coordinates)
    {
        var widths = new double[nominal.Length];
        for (var zone = 0; zone < widths.Length; zone++)
            widths[zone] = Gamma.InvCDF(total * nominal[zone], 1, coordinates[zone]);
        var sum = widths.Sum();
        return Array.ConvertAll(widths, width => width / sum);
    }
}
