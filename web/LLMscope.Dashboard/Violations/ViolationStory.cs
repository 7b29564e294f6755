using LLMscope.Dashboard.Charts;
using LLMscope.Dashboard.Layout;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.Explanations;

namespace LLMscope.Dashboard.Violations;

/// <summary>What happened, in words: the value against the limits that judged it, and how far it is from the centre line.</summary>
internal static class ViolationStory
{
    public static string Headline(RecordedViolation recorded)
    {
        var (violation, series) = recorded;
        var went = violation.Direction switch
        {
            Direction.Up when series.Characteristic.Nature == CharacteristicNature.Joint => "is not as in its baseline",
            Direction.Up => "is higher than its baseline",
            Direction.Down => "is lower than its baseline",
            _ => "varies differently from its baseline",
        };
        return $"{series.Characteristic.Title} of {series.Source.Title} {(violation.State == ViolationState.Resolved ? went.Replace("is ", "was ").Replace("varies", "varied") : went)}";
    }

    /// <summary>The value that opened it, the limits, and the distance from the centre line.</summary>
    public static string Value(RecordedViolation recorded)
    {
        var (violation, unit) = (recorded.Violation, recorded.Unit.Symbol);
        var side = violation.Value > violation.Upper ? $"above the upper control limit of {Quantity.Text(violation.Upper, unit)}"
            : violation.Value < violation.Lower ? $"below the lower control limit of {Quantity.Text(violation.Lower, unit)}"
            : $"within the control limits of {Quantity.Text(violation.Lower, unit)} to {Quantity.Text(violation.Upper, unit)}, in a pattern that chance seldom makes";
        return $"{Quantity.Text(violation.Value, unit)} was {side}: {Distance(violation.Value, violation.Centre, unit)} (centre line {Quantity.Text(violation.Centre, unit)}).";
    }

    /// <summary>The farthest value, where it is not the first.</summary>
    public static string? Extreme(RecordedViolation recorded)
    {
        var (violation, unit) = (recorded.Violation, recorded.Unit.Symbol);
        return violation.Extreme == violation.Value ? null
            : $"The farthest value was {Quantity.Text(violation.Extreme, unit)}, {Distance(violation.Extreme, violation.Centre, unit)}.";
    }

    /// <summary>Since when the process has changed and by how much, as far as it is estimated.</summary>
    /// <param name="shift">As it was estimated at the opening, with its interval; null where the points do not tell.</param>
    public static IEnumerable<string> Change(RecordedViolation recorded, LevelShift? shift)
    {
        var (violation, unit) = (recorded.Violation, recorded.Unit.Symbol);
        if (violation is { BeganNumber: { } number, BeganAt: { } time })
            yield return $"The change began at point {number}, {TimeText.Utc(time)}, as far as it can be told{(number < violation.OpenedNumber ? $": {violation.OpenedNumber - number} points before the violation opened" : "")}.";
        if (violation.Shift is { } size && recorded.Series.Characteristic.Nature != CharacteristicNature.Joint)
            yield return $"Its mean distance from the centre line is {Signed(size, unit)}{(violation.ShiftShare is { } share && unit != "1" ? $" ({Percent(100 * share)})" : "")}.";
        if (shift is { InUnit.IsKnown: true })
        {
            yield return $"When it opened, the level had moved by {Signed(shift.InUnit.Value, unit)}, with 90 % confidence between {Signed(shift.InUnit.Lower, unit)} and {Signed(shift.InUnit.Upper, unit)}"
                + (shift.InPercent.IsKnown && unit != "1" ? $" ({Percent(shift.InPercent.Lower)} to {Percent(shift.InPercent.Upper)})." : ".");
        }
    }

    private static string Signed(double value, string unit) => (value > 0 ? "+" : "") + Quantity.Text(value, unit);

    private static string Percent(double percent) => $"{(percent > 0 ? "+" : "")}{Quantity.Number(percent)} %";

    // Ratios between positive values read best as factors once they are large, and as percentages below that; a share is compared in points.
    private static string Distance(double value, double centre, string unit)
    {
        if (unit == "1")
            return $"{Quantity.Number(Math.Abs(value - centre) * 100)} percentage points {(value >= centre ? "above" : "below")} the centre line";

        if (centre <= 0 || value <= 0)
            return $"{Quantity.Text(Math.Abs(value - centre), unit)} {(value >= centre ? "above" : "below")} the centre line";

        var factor = value / centre;
        return factor >= 2 ? $"{Quantity.Number(factor)} times the centre line"
            : $"{Quantity.Number(Math.Abs(factor - 1) * 100)} % {(factor >= 1 ? "above" : "below")} the centre line";
    }
}
