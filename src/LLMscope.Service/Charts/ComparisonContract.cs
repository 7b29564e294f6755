using LLMscope.Dashboard.Charts;
using LLMscope.Monitoring.Charts;
using LLMscope.Spc.Comparison;
using LLMscope.Spc.Prediction;

namespace LLMscope.Service.Charts;

/// <summary>What changed from one period to the other.</summary>
/// <param name="Sentence">The findings in one line.</param>
/// <param name="Findings">Where neither a change nor its absence is named, the values do not tell.</param>
/// <param name="Autocorrelated">Whether values depend on their predecessors; the intervals allow for it.</param>
/// <param name="P">Of the test of Mann and Whitney, two-sided.</param>
/// <param name="Superiority">The probability that a value after is larger than one before.</param>
public sealed record ComparisonResponse(
    PeriodResponse Before, PeriodResponse After, string Sentence, IReadOnlyList<ComparisonFindings> Findings, bool Autocorrelated,
    ChangeResponse Median, ChangeResponse Tail, double? P, double? Superiority, ErrorChangeResponse? Errors)
{
    /// <summary>On the scores since a deploy: where the comparison is with the time before it.</summary>
    public SequentialResponse? Sequential { get; init; }

    internal static ComparisonResponse Of(ComparedPoints points)
    {
        var compared = points.Comparison;
        var unit = points.Before.Chart.Unit.Base;
        return new ComparisonResponse(
            PeriodResponse.Of(points.Before, points.First.Count),
            PeriodResponse.Of(points.After, points.Second.Count),
            ComparisonText.Describe(compared, value => Quantity.Text(value, unit)),
            [.. Enum.GetValues<ComparisonFindings>().Where(finding => finding != ComparisonFindings.None && compared.Findings.HasFlag(finding))],
            compared.Median.BlockLength > 1,
            ChangeResponse.Of(compared.Median),
            ChangeResponse.Of(compared.Tail),
            Finite(compared.Ranks.P),
            Finite(compared.Ranks.Superiority),
            compared.Errors is { } errors
                ? new ErrorChangeResponse(errors.Before.Proportion, errors.After.Proportion, IntervalResponse.Of(errors.Difference))
                : null);
    }

    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

public sealed record PeriodResponse(int ChartId, DateTime From, DateTime To, int Points)
{
    internal static PeriodResponse Of(ComparedPeriod period, int points) => new(period.Chart.Id, period.From, period.To, points);
}

/// <param name="Difference">After less before, in the unit of the series.</param>
/// <param name="Ratio">After divided by before.</param>
public sealed record ChangeResponse(double Quantile, double? Before, double? After, IntervalResponse Difference, IntervalResponse Ratio, bool HasEnoughValues)
{
    internal static ChangeResponse Of(QuantileChange change) => new(
        change.Quantile, ComparisonResponse.Finite(change.Before), ComparisonResponse.Finite(change.After),
        IntervalResponse.Of(change.Difference), IntervalResponse.Of(change.Ratio), change.HasEnoughValues);
}

/// <param name="Before">Failed calls as a share of all.</param>
public sealed record ErrorChangeResponse(double Before, double After, IntervalResponse Difference);

/// <summary>The verdict so far on the points since a deploy. It may be looked at after every point.</summary>
/// <param name="P">Valid at whatever point one looks.</param>
/// <param name="Effect">The change of the mean in standard deviations of the baseline.</param>
/// <param name="BaselineVersion">The baseline that it is held against.</param>
/// <param name="Remark">What a reader should know; null where there is nothing.</param>
public sealed record SequentialResponse(SequentialVerdict Verdict, int Points, double P, IntervalResponse Effect, int BaselineVersion, string? Remark)
{
    /// <summary>Scores beyond count as this.</summary>
    internal const double Clip = 4;

    internal static SequentialResponse Of(SequentialComparison comparison, SequentialState state, int version, Forecast forecast) => new(
        state.Verdict, state.Points, state.P, IntervalResponse.Of(comparison.Effect(state)), version,
        forecast is NoForecast ? null : "The points are held against their forecast, which takes a lasting change into itself: this verdict is about the points right after the deploy.");
}
