using LLMscope.Spc.Attributes;

namespace LLMscope.Spc.Comparison;

/// <summary>
/// All that two samples of one characteristic tell about each other: two periods, or two models. Effects are those of the second, after, over the
/// first, before.
/// </summary>
public sealed record PeriodComparison
{
    public required ComparisonOptions Options { get; init; }

    public required QuantileChange Median { get; init; }

    public required QuantileChange Tail { get; init; }

    public required MannWhitney Ranks { get; init; }

    /// <summary>Null where no calls were counted.</summary>
    public required ProportionComparison? Errors { get; init; }

    public required ComparisonFindings Findings { get; init; }

    /// <param name="before">In data units and in the order of their time; not a number means missing.</param>
    /// <param name="errorsBefore">Calls and failed calls, where they are known for both sides.</param>
    public static PeriodComparison Compare(
        ReadOnlySpan<double> before, ReadOnlySpan<double> after,
        ProportionSubgroup? errorsBefore = null, ProportionSubgroup? errorsAfter = null, ComparisonOptions? options = null)
    {
        options ??= new ComparisonOptions();
        var confidence = options.Bootstrap.Confidence;
        var median = QuantileChange.Between(before, after, 0.5, options.Bootstrap);
        var tail = QuantileChange.Between(before, after, options.TailQuantile, options.Bootstrap);
        var errors = errorsBefore is { } first && errorsAfter is { } second ? ProportionComparison.Compare(first, second, confidence) : null;
        return new PeriodComparison
        {
            Options = options,
            Median = median,
            Tail = tail,
            Ranks = MannWhitney.Compare(before, after, confidence, median.BlockLength > 1 ? RankVariance.Of(before, after) : 1),
            Errors = errors,
            Findings = Judge(median, options, ComparisonFindings.MedianRose, ComparisonFindings.MedianFell, ComparisonFindings.MedianUnchanged)
                | Judge(tail, options, ComparisonFindings.TailRose, ComparisonFindings.TailFell, ComparisonFindings.TailUnchanged)
                | (errors is null ? ComparisonFindings.None : Judge(errors, options))
                | (median.HasEnoughValues && tail.HasEnoughValues ? ComparisonFindings.None : ComparisonFindings.TooFewValues)
                | (median.BlockLength > 1 ? ComparisonFindings.Autocorrelated : ComparisonFindings.None),
        };
    }

    private static ComparisonFindings Judge(
        QuantileChange change, ComparisonOptions options, ComparisonFindings rose, ComparisonFindings fell, ComparisonFindings unchanged)
    {
        if (!change.HasEnoughValues)
            return ComparisonFindings.None;
        if (!change.Ratio.IsKnown)
            return change.Difference.Lower > 0 ? rose : change.Difference.Upper < 0 ? fell : ComparisonFindings.None;

        // Least rise and least fall are each other's reciprocals, so that swapping the samples mirrors the findings.
        var least = 1 + options.MinimumChange;
        return change.Ratio.LiesWithin(1 / least, least) ? unchanged
            : change.Ratio.Lower > 1 && change.Ratio.Value >= least ? rose
            : change.Ratio.Upper < 1 && change.Ratio.Value <= 1 / least ? fell
            : ComparisonFindings.None;
    }

    private static ComparisonFindings Judge(ProportionComparison errors, ComparisonOptions options)
    {
        var (difference, least) = (errors.Difference, options.MinimumErrorChange);
        return difference.LiesWithin(-least, least) ? ComparisonFindings.ErrorsUnchanged
            : !difference.Excludes(0) || Math.Abs(difference.Value) < least ? ComparisonFindings.None
            : difference.Value > 0 ? ComparisonFindings.ErrorsRose
            : ComparisonFindings.ErrorsFell;
    }
}
