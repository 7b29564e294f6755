using LLMscope.Dashboard.Charts;
using LLMscope.Monitoring.Charts;
using LLMscope.Spc;
using LLMscope.Spc.Comparison;

namespace LLMscope.Dashboard.Comparing;

/// <summary>What a comparison comes to, in words.</summary>
internal static class ComparisonWords
{
    private const ComparisonFindings Rose = ComparisonFindings.MedianRose | ComparisonFindings.TailRose;
    private const ComparisonFindings Fell = ComparisonFindings.MedianFell | ComparisonFindings.TailFell;

    /// <summary>The key of the verdict in styles: worse, better, mixed, unchanged or undecided.</summary>
    public static string Verdict(ComparisonFindings findings, bool higherIsWorse)
    {
        var worse = (findings & ((higherIsWorse ? Rose : Fell) | ComparisonFindings.ErrorsRose)) != ComparisonFindings.None;
        var better = (findings & ((higherIsWorse ? Fell : Rose) | ComparisonFindings.ErrorsFell)) != ComparisonFindings.None;
        return (worse, better) switch
        {
            (true, true) => "mixed",
            (true, false) => "worse",
            (false, true) => "better",
            _ => findings.HasFlag(ComparisonFindings.MedianUnchanged | ComparisonFindings.TailUnchanged) ? "unchanged" : "undecided",
        };
    }

    /// <param name="isSureOfErrors">Whether it is known of the errors too, or there are none to know of.</param>
    public static string Title(string verdict, bool isSureOfErrors = true) => verdict switch
    {
        "worse" => "Worse",
        "better" => "Better",
        "mixed" => "Better and worse",
        "unchanged" => isSureOfErrors ? "No change that matters" : "No change of the values that matters; errors are undecided",
        _ => "Undecided",
    };

    /// <summary>What a verdict is not clear about; null where it is.</summary>
    public static string? Remark(string verdict, ComparisonFindings findings) =>
        findings.HasFlag(ComparisonFindings.TooFewValues) ? "Too few values for the median, the p95 or both: what they lack is not judged. Longer periods have more."
        : verdict == "undecided" ? "The intervals hold both a change that matters and none. More values would narrow them."
        : null;

    /// <summary>Whether larger values of the points of a chart are bad news.</summary>
    public static bool HigherIsWorse(ChartSummary chart) => chart.Plan.Kind != ChartKind.TimeBetween && chart.Series.Characteristic.HigherIsWorse;

    /// <summary>How large an effect is, after Romano et al., Appropriate Statistics for Ordinal Level Data, 2006.</summary>
    public static string Size(double delta) => Math.Abs(delta) switch
    {
        < 0.147 => "negligible",
        < 0.33 => "small",
        < 0.474 => "medium",
        _ => "large",
    };

    /// <summary>A change with its interval: as a percentage where there is a ratio, else in the unit.</summary>
    public static string Change(QuantileChange change, string unit) =>
        change.Ratio.IsKnown ? Percent(change.Ratio.Map(ratio => 100 * (ratio - 1)))
        : change.Difference.IsKnown ? Interval(change.Difference, value => Signed(value, Quantity.Text(value, unit)))
        : "not known";

    /// <summary>The difference of two shares, in percentage points.</summary>
    public static string Points(Estimate difference) =>
        difference.IsKnown ? Interval(difference, value => Signed(value, $"{value * 100:0.##}")) + " points" : "not known";

    public static string Value(double value, string unit) => double.IsFinite(value) ? Quantity.Text(value, unit) : "none";

    /// <summary>For example <c>p &lt; 0.001</c>.</summary>
    public static string Probability(double p) => p < 0.001 ? "p < 0.001" : FormattableString.Invariant($"p = {p:0.000}");

    public static string Interval(Estimate estimate, Func<double, string> text) => $"{text(estimate.Value)} ({text(estimate.Lower)} to {text(estimate.Upper)})";

    public static string Signed(double value, string text) => (value > 0 ? "+" : "") + text.Replace('-', '−');

    private static string Percent(Estimate change)
    {
        static string Text(double percent) => Signed(percent, $"{percent:0.#}");
        return $"{Text(change.Value)} % ({Text(change.Lower)} to {Text(change.Upper)} %)";
    }
}
