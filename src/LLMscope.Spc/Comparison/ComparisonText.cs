namespace LLMscope.Spc.Comparison;

/// <summary>Says in one line what a comparison found.</summary>
public static class ComparisonText
{
    /// <summary>For example <c>Median did not change relevantly (0.80 s to 0.81 s); p95 rose from 1.20 s to 1.51 s, +26 % (18 to 35 %).</c></summary>
    /// <param name="inUnit">Writes a value of the characteristic with its unit.</param>
    public static string Describe(PeriodComparison comparison, Func<double, string> inUnit)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(inUnit);
        var findings = comparison.Findings;
        var parts = new List<string>
        {
            Quantile("median", comparison.Median, inUnit,
                Verb(findings, ComparisonFindings.MedianRose, ComparisonFindings.MedianFell, ComparisonFindings.MedianUnchanged)),
            Quantile($"p{comparison.Tail.Quantile * 100:0.##}", comparison.Tail, inUnit,
                Verb(findings, ComparisonFindings.TailRose, ComparisonFindings.TailFell, ComparisonFindings.TailUnchanged)),
        };
        if (comparison.Errors is { Difference.IsKnown: true } errors)
            parts.Add(Errors(errors, Verb(findings, ComparisonFindings.ErrorsRose, ComparisonFindings.ErrorsFell, ComparisonFindings.ErrorsUnchanged, "are")));
        if (findings.HasFlag(ComparisonFindings.TooFewValues))
            parts.Add("too few values to judge every part");

        var line = string.Join("; ", parts);
        return char.ToUpperInvariant(line[0]) + line[1..] + ".";
    }

    private static string Quantile(string name, QuantileChange change, Func<double, string> inUnit, string verb)
    {
        if (!change.Difference.IsKnown)
            return $"{name} has no values to compare";

        var from = $"from {inUnit(change.Before)} to {inUnit(change.After)}";
        return change.Ratio.IsKnown
            ? $"{name} {verb} {from}, {Percent(change.Ratio.Value):+0.#;-0.#;0} % ({Percent(change.Ratio.Lower):0.#} to {Percent(change.Ratio.Upper):0.#} %)"
            : $"{name} {verb} {from} (by {inUnit(change.Difference.Lower)} to {inUnit(change.Difference.Upper)})";
    }

    private static string Errors(ProportionComparison errors, string verb)
        => $"errors {verb} from {errors.Before.Proportion * 100:0.##} % to {errors.After.Proportion * 100:0.##} %,"
        + $" {errors.Difference.Value * 100:+0.##;-0.##;0} points"
        + $" ({errors.Difference.Lower * 100:0.##} to {errors.Difference.Upper * 100:0.##})";

    private static string Verb(ComparisonFindings findings, ComparisonFindings rose, ComparisonFindings fell, ComparisonFindings unchanged, string be = "is")
        => findings.HasFlag(rose) ? "rose"
        : findings.HasFlag(fell) ? "fell"
        : findings.HasFlag(unchanged) ? "did not change relevantly,"
        : $"{be} undecided,";

    private static double Percent(double ratio) => (ratio - 1) * 100;
}
