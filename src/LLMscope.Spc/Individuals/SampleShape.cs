namespace LLMscope.Spc.Individuals;

/// <summary>Looks at the values of a baseline for what the limits assume and the values may not keep.</summary>
internal static class SampleShape
{
    public static BaselineDiagnostics Describe(ReadOnlySpan<double> transformed, ValueGrid grid)
    {
        double mean = 0;
        foreach (var value in transformed)
            mean += value;
        mean /= transformed.Length;

        double second = 0, third = 0, neighbours = 0;
        for (var i = 0; i < transformed.Length; i++)
        {
            var deviation = transformed[i] - mean;
            second += deviation * deviation;
            third += deviation * deviation * deviation;
            if (i > 0)
                neighbours += deviation * (transformed[i - 1] - mean);
        }

        var count = transformed.Length;
        return second == 0
            ? new BaselineDiagnostics(0, 0, grid.DistinctValues, grid.Step)
            : new BaselineDiagnostics(third / count / Math.Pow(second / count, 1.5), neighbours / second, grid.DistinctValues, grid.Step);
    }

    /// <summary>Warns where a statistic lies beyond what independent normal values of this number show in one baseline of a hundred.</summary>
    /// <param name="stepInSigma">The rounding step in standard deviations of the chart.</param>
    public static BaselineWarnings Warn(BaselineDiagnostics shape, int count, double stepInSigma)
    {
        // Asymptotic standard errors: sqrt(6 / n) for skewness, 1 / sqrt(n) for autocorrelation.
        const double OneInAHundred = 2.576;
        var warnings = BaselineWarnings.None;
        if (Math.Abs(shape.Skewness) > OneInAHundred * Math.Sqrt(6.0 / count))
            warnings |= BaselineWarnings.Skewed;
        if (Math.Abs(shape.Autocorrelation) > OneInAHundred / Math.Sqrt(count))
            warnings |= BaselineWarnings.Autocorrelated;
        if (stepInSigma > 0.05)
            warnings |= BaselineWarnings.Rounded;
        if (stepInSigma > 0.5 || shape.DistinctValues < 5)
            warnings |= BaselineWarnings.TooCoarse;
        return warnings;
    }
}
