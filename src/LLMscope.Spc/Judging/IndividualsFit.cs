using LLMscope.Spc.Baselines;
using LLMscope.Spc.Individuals;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

/// <summary>A chart of individual values from a baseline.</summary>
public static class IndividualsFit
{
    /// <param name="kind">One that plots individual values.</param>
    /// <param name="contexts">As many as values, or none.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static FittedChart? Of(
        SeriesKind kind, ReadOnlySpan<double> values, ReadOnlySpan<PointContext> contexts, PhaseOneOptions options, out string problem)
    {
        var result = PhaseOne.Analyse(values, contexts, options);
        problem = Text(result.Problem);
        if (result.Model is not { } model)
            return null;

        var lines = new ChartLines(model);
        var farOut = model.FarOut is null ? [] : new[] { "Whatever its width, R1 signals three times as far from the centre as any value of the baseline." };
        var excluded = result.Excluded.Count == 0 ? [] : new[] { $"{result.Excluded.Count} of {values.Length} values did not enter the limits." };
        return new FittedChart
        {
            Kind = kind,
            LinesFor = _ => lines,
            Count = model.Count,
            Origin = model.Curve.Sigma is null ? LimitsOrigin.Quantiles
                : options.Estimator == BaselineEstimator.MovingRange ? LimitsOrigin.MovingRanges
                : LimitsOrigin.Sigma,
            SuitableRules = result.Warnings.HasFlag(BaselineWarnings.TooCoarse) ? RuleSet.All & ~(RuleSet.R3 | RuleSet.R4 | RuleSet.R7) : RuleSet.All,
            Reasons = [.. result.Reasons, .. excluded, .. farOut],
            Warnings = [.. WarningsOf(model, result.Warnings)],
        };
    }

    private static IEnumerable<string> WarningsOf(ProcessModel model, BaselineWarnings warnings)
    {
        if (model.Count < PhaseOne.ProvisionalValues)
            yield return $"The limits come from {model.Count} values; below {PhaseOne.ProvisionalValues} they are little more than a guess.";
        else if (model.Count < PhaseOne.ConfirmedValues)
            yield return $"The limits come from {model.Count} values and are provisional; {PhaseOne.ConfirmedValues} make good ones.";
        if (warnings.HasFlag(BaselineWarnings.Skewed))
            yield return "The values are skewed on the scale of the chart: false alarms come from the long tail.";
        if (warnings.HasFlag(BaselineWarnings.Autocorrelated))
            yield return "Neighbouring values resemble each other: runs signal more often than the rules promise.";
        if (warnings.HasFlag(BaselineWarnings.Rounded))
            yield return "The values are rounded visibly against their spread.";
        if (warnings.HasFlag(BaselineWarnings.TooCoarse))
            yield return "The values are rounded so coarsely that R3, R4 and R7 mean nothing.";
        if (warnings.HasFlag(BaselineWarnings.ManyOutliers))
            yield return "More values lie far out than may be left out; some of them are in the limits.";
        if (model.Levels is not null)
            yield return "A forecast that follows the level absorbs a lasting shift after a few points: judge CUSUM and Level beside the rules.";
    }

    private static string Text(BaselineProblem problem) => problem switch
    {
        BaselineProblem.None => "",
        BaselineProblem.TooFewValues => $"has too few usable values; limits take at least {PhaseOne.FewestValues}",
        BaselineProblem.NoVariation => "has no variation: nothing tells how far a value may stray",
        BaselineProblem.NonPositiveValue => "has a value that is zero or negative, of which there is no logarithm",
        BaselineProblem.InfiniteValue => "has a value that is not finite",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem of a baseline."),
    };
}
