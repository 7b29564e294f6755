namespace LLMscope.Spc.Individuals;

/// <summary>
/// How the limits of an individuals chart are estimated: median and Gini's mean difference on the scale of the chart, after at most
/// 2 % of the values or two of them, whichever is more, were left out for lying further than five robust standard deviations out.
/// </summary>
/// <remarks>
/// Chosen by measurement on the logarithms of 42 real series (time to first token, time per token and duration of 14 hosted models,
/// LLMPerf leaderboard, 145 to 150 calls each). Per 10,000 points, R1 is nominally 27 and R1, R2, R5, R6 and R7 together 164.
/// First column: limits from 100 values drawn from a series, judged on the whole series (mean over series); second: the same for all five
/// rules; third: R1 where the first 100 calls set the limits and the next 50 are judged; fourth: R1 on normal values.
/// <code>
///                                 R1   five rules   next 50   normal
/// median moving range / 0.954    409          865       707       51
/// median absolute deviation      562        1,196       474       54
/// mean moving range, screened    309          735       561       52
/// mean difference, screened      258          717       175       36   (this)
/// mean difference, all far out   393          857       306       36
/// standard deviation, screened   198          736       122       37
/// </code>
/// Moving ranges are too small wherever neighbouring calls resemble each other, which the third column shows; the median absolute deviation
/// ignores the heavy tails that remain under the logarithm. The standard deviation signals less, but the wild values that the bound keeps enter it
/// squared. Dropping every far value takes the tail of a healthy process for a fault. The price: where a latency doubles, 73 % of its calls
/// lie above the upper limit, against 77 % with moving ranges. What is left of false alarms comes from tails that no symmetric limit fits.
/// </remarks>
internal static class BaselineEstimation
{
    /// <summary>Values this many robust standard deviations from the median are left out before anything is estimated.</summary>
    private const double FarOut = 5;

    public static IndividualsBaseline Estimate(ReadOnlySpan<double> values, Transform transform, BaselineEstimator estimator)
    {
        var problem = FirstProblem(values, transform);
        if (problem != BaselineProblem.None)
            return Without(problem, values, transform);

        var (kept, excluded) = Present(values, transform);
        if (kept.Count < IndividualsBaseline.FewestValues)
            return Without(BaselineProblem.TooFewValues, values, transform);

        var grid = ValueGrid.Find(kept.ConvertAll(point => point.Value));
        if (grid.DistinctValues < 2)
            return Without(BaselineProblem.NoVariation, values, transform);

        var manyOutliers = estimator == BaselineEstimator.Robust && Screen(kept, excluded, bound: Math.Max(2, kept.Count / 50));
        var transformed = kept.ConvertAll(point => point.Transformed).ToArray();
        var (centre, spread) = estimator == BaselineEstimator.Robust
            ? (RobustScale.Median(transformed), RobustScale.MeanDifference(transformed))
            : (transformed.Average(), RobustScale.MeanMovingRange(transformed));

        // Rounding alone has this standard deviation, so no process on a grid shows less.
        var step = grid.StepOn(transform, transform.Invert(centre));
        var sigma = Math.Max(spread, step / Math.Sqrt(12));
        var limits = ZoneLimits.From(transform, centre, sigma);
        var diagnostics = SampleShape.Describe(transformed, grid);
        excluded.Sort((left, right) => left.Index.CompareTo(right.Index));

        return new IndividualsBaseline
        {
            Transform = transform,
            Centre = centre,
            Sigma = sigma,
            Limits = estimator == BaselineEstimator.Robust && step > 0.05 * sigma ? grid.PutBetween(limits, kept.ConvertAll(point => point.Value)) : limits,
            Count = kept.Count,
            Excluded = excluded,
            Diagnostics = diagnostics,
            Warnings = SampleShape.Warn(diagnostics, kept.Count, step / sigma) | (manyOutliers ? BaselineWarnings.ManyOutliers : BaselineWarnings.None),
            Problem = BaselineProblem.None,
        };
    }

    private static BaselineProblem FirstProblem(ReadOnlySpan<double> values, Transform transform)
    {
        foreach (var value in values)
        {
            if (double.IsInfinity(value))
                return BaselineProblem.InfiniteValue;
            if (!double.IsNaN(value) && !transform.Accepts(value))
                return BaselineProblem.NonPositiveValue;
        }

        return BaselineProblem.None;
    }

    private static (List<BaselineValue> Kept, List<ExcludedValue> Excluded) Present(ReadOnlySpan<double> values, Transform transform)
    {
        var kept = new List<BaselineValue>(values.Length);
        var excluded = new List<ExcludedValue>();
        for (var index = 0; index < values.Length; index++)
        {
            if (double.IsNaN(values[index]))
                excluded.Add(new ExcludedValue(index, values[index], ExclusionReason.Missing));
            else
                kept.Add(new BaselineValue(index, values[index], transform.Apply(values[index])));
        }

        return (kept, excluded);
    }

    private static bool Screen(List<BaselineValue> kept, List<ExcludedValue> excluded, int bound)
    {
        var transformed = kept.ConvertAll(point => point.Transformed).ToArray();
        var median = RobustScale.Median(transformed);
        var deviation = RobustScale.MedianAbsoluteDeviation(transformed, median);
        if (deviation == 0)
            return false;

        var far = kept.FindAll(point => Math.Abs(point.Transformed - median) > FarOut * deviation);
        far.Sort((left, right) => Math.Abs(right.Transformed - median).CompareTo(Math.Abs(left.Transformed - median)));
        foreach (var point in far.Take(bound))
        {
            kept.Remove(point);
            excluded.Add(new ExcludedValue(point.Index, point.Value, ExclusionReason.FarFromMedian));
        }

        return far.Count > bound;
    }

    private static IndividualsBaseline Without(BaselineProblem problem, ReadOnlySpan<double> values, Transform transform) => new()
    {
        Transform = transform,
        Centre = double.NaN,
        Sigma = double.NaN,
        Limits = new ZoneLimits(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN),
        Count = values.Length,
        Excluded = [],
        Diagnostics = new BaselineDiagnostics(double.NaN, double.NaN, 0, 0),
        Warnings = BaselineWarnings.None,
        Problem = problem,
    };

    private readonly record struct BaselineValue(int Index, double Value, double Transformed);
}
