using LLMscope.Spc;
using LLMscope.Spc.Comparison;

namespace LLMscope.Service.Comparing;

/// <summary>What two samples tell about each other. Effects are those of the second, after, over the first, before.</summary>
/// <param name="Findings">
/// medianRose, medianFell or medianUnchanged, the same for tail and errors, tooFewValues, autocorrelated. Where none of the three is named, the values do not tell.
/// </param>
/// <param name="Text">The findings in one line.</param>
/// <param name="Errors">Null where no calls were counted.</param>
public sealed record CompareResponse(
    IReadOnlyList<ComparisonFindings> Findings, string Text, QuantileResponse Median, QuantileResponse Tail, RanksResponse Ranks, ErrorsResponse? Errors)
{
    public static CompareResponse Of(PeriodComparison comparison) => new(
        [.. Enum.GetValues<ComparisonFindings>().Where(finding => finding != ComparisonFindings.None && comparison.Findings.HasFlag(finding))],
        ComparisonText.Describe(comparison, value => FormattableString.Invariant($"{value:G4}")),
        QuantileResponse.Of(comparison.Median),
        QuantileResponse.Of(comparison.Tail),
        RanksResponse.Of(comparison.Ranks),
        comparison.Errors is { } errors ? ErrorsResponse.Of(errors) : null);
}

/// <param name="Lower">Of the interval; numbers that are not known are null.</param>
public sealed record EstimateResponse(double? Value, double? Lower, double? Upper)
{
    public static EstimateResponse Of(Estimate estimate) => new(Known(estimate.Value), Known(estimate.Lower), Known(estimate.Upper));

    internal static double? Known(double number) => double.IsFinite(number) ? number : null;
}

/// <param name="Ratio">After divided by before; null where values are not positive.</param>
/// <param name="HasEnoughValues">Whether enough values lie beyond the quantile for the interval to hold.</param>
public sealed record QuantileResponse(
    double Quantile, double? Before, double? After, EstimateResponse Difference, EstimateResponse Ratio, bool HasEnoughValues)
{
    public static QuantileResponse Of(QuantileChange change) => new(
        change.Quantile, EstimateResponse.Known(change.Before), EstimateResponse.Known(change.After), EstimateResponse.Of(change.Difference),
        EstimateResponse.Of(change.Ratio), change.HasEnoughValues);
}

/// <summary>The Mann-Whitney test.</summary>
/// <param name="P">Two-sided.</param>
/// <param name="Delta">Cliff's delta, -1 to 1.</param>
/// <param name="Shift">The Hodges-Lehmann shift, in the unit of the values.</param>
public sealed record RanksResponse(int Before, int After, double? U, double? P, bool IsExact, EstimateResponse Delta, EstimateResponse Shift)
{
    public static RanksResponse Of(MannWhitney ranks) => new(
        ranks.Before, ranks.After, EstimateResponse.Known(ranks.U), EstimateResponse.Known(ranks.P), ranks.IsExact, EstimateResponse.Of(ranks.Delta),
        EstimateResponse.Of(ranks.Shift));
}

/// <param name="Before">The share of calls that failed.</param>
/// <param name="P">Two-sided.</param>
public sealed record ErrorsResponse(double? Before, double? After, EstimateResponse Difference, EstimateResponse RelativeRisk, double? P, bool IsExact)
{
    public static ErrorsResponse Of(ProportionComparison errors) => new(
        EstimateResponse.Known(errors.Before.Proportion), EstimateResponse.Known(errors.After.Proportion), EstimateResponse.Of(errors.Difference),
        EstimateResponse.Of(errors.RelativeRisk), EstimateResponse.Known(errors.P), errors.IsExact);
}

/// <summary>A request to compare, as it is sent. The reader reads it without this type; the API description is made of it.</summary>
/// <param name="Before">In the order of their time, null where missing.</param>
/// <param name="TailQuantile">The quantile that stands for slow calls; 0.95.</param>
/// <param name="MinimumChange">The least relative change of a quantile that matters; 0.05.</param>
/// <param name="MinimumErrorChange">The least difference of the shares of errors that matters; 0.005.</param>
/// <param name="Confidence">Of the intervals; 0.95.</param>
internal sealed record CompareDocument(
    IReadOnlyList<double?> Before, IReadOnlyList<double?> After, CallsDocument? ErrorsBefore, CallsDocument? ErrorsAfter, double? TailQuantile,
    double? MinimumChange, double? MinimumErrorChange, double? Confidence);

internal sealed record CallsDocument(int Calls, int Errors);
