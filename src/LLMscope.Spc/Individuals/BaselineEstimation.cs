namespace LLMscope.Spc.Individuals;

/// <summary>How the limits of an individuals chart are estimated.</summary>
internal static class BaselineEstimation
{
    /// <summary>Values this many robust standard deviations from the median are left out before anything is estimated.</summary>
    private const double FarOut = 5;

    public static IndividualsBaseline Estimate(ReadOnlySpan<double> values, Transform transform)
    {
        var problem = FirstProblem(values, transform);
        if (problem != BaselineProblem.None)
            return Without(problem, values, transform);

        var (kept, excluded) = Present(values, transform);
        if (kept.Count < IndividualsBaseline.FewestValues)
            return Without(BaselineProblem.TooFewValues, values, transform);

        var raw = kept.ConvertAll(point => point.Value);
        var grid = ValueGrid.Find(raw);
        if (grid.DistinctValues < 2)
            return Without(BaselineProblem.NoVariation, values, transform);

        var bound = Math.Max(2, kept.Count / 50);
        var manyOutliers = Screen(kept, excluded, bound);
        var transformed = kept.ConvertAll(point => point.Transformed).ToArray();
        var centre = RobustScale.Median(transformed);
        var step = grid.StepOn(transform, transform.Invert(centre));
        var sigma = Math.Max(RobustScale.Sigma(transformed), step / Math.Sqrt(12));
        var limits = ZoneLimits.From(transform, centre, sigma);
        var diagnostics = SampleShape.Describe(transformed, grid);
        excluded.Sort((left, right) => left.Index.CompareTo(right.Index));

        return new IndividualsBaseline
        {
            Transform = transform,
            Centre = centre,
            Sigma = sigma,
            Limits = step > 0.05 * sigma ? grid.PutBetween(limits, kept.ConvertAll(point => point.Value)) : limits,
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
