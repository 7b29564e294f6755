namespace LLMscope.Spc.Attributes;

/// <summary>Which chart suits counted events, and why.</summary>
public sealed record AttributeAdvice(AttributeChart Chart, string Reason)
{
    /// <summary>Below so many expected events a point, most points are empty and only the time between events tells.</summary>
    public const double FewestExpected = 1;

    /// <summary>Below so many expected events a point, standard deviations, which Laney's limits are made of, are wrong limits.</summary>
    public const double FewestForLaney = 9;

    /// <summary>Above so many expected events a point, the smallest change of traffic is beyond the chance that exact limits allow for.</summary>
    public const double MostForExact = 50;

    public static AttributeAdvice For(ProportionBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return For((double)baseline.Events / baseline.Subgroups, baseline.Dispersion, baseline.IsOverdispersed);
    }

    public static AttributeAdvice For(RateBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return For((double)baseline.Events / baseline.Subgroups, baseline.Dispersion, baseline.IsOverdispersed);
    }

    /// <param name="expected">Expected events in a point.</param>
    /// <param name="dispersion">Laney's sigma of z, or not a number where it is not known.</param>
    /// <param name="isOverdispersed">Whether that is more than chance.</param>
    public static AttributeAdvice For(double expected, double dispersion, bool isOverdispersed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        var events = $"A point holds {expected:0.##} events on average";
        var varies = isOverdispersed ? $" and the points vary {dispersion:0.##} times as much as chance lets them" : "";
        if (expected < FewestExpected)
            return new(AttributeChart.BetweenEvents, $"{events}: most are empty, so chart what lies between two events.");
        if (expected > MostForExact)
        {
            return new(AttributeChart.Laney, isOverdispersed
                ? $"{events}{varies}: limits that allow for chance alone would signal at every change of traffic."
                : $"{events}, so many that a change of traffic soon exceeds chance; as long as it does not, the limits are the exact ones.");
        }

        return isOverdispersed && expected >= FewestForLaney
            ? new(AttributeChart.Laney, $"{events}{varies}: exact limits assume one probability and would signal too often.")
            : new(AttributeChart.Exact, isOverdispersed
                ? $"{events}{varies}: expect more signals than promised, but for so few events limits from standard deviations are worse."
                : $"{events}: the exact tails keep the promised false alarms, which three standard deviations do not.");
    }
}
