using LLMscope.Spc.Attributes;

namespace LLMscope.Spc.Comparison;

/// <summary>The exact test of two proportions, given how many events there were on both sides together.</summary>
/// <remarks>Fisher, The Design of Experiments, 1935, chapter 2. The time grows with the events of the smaller side.</remarks>
internal static class FisherExact
{
    /// <summary>Tables as probable as this one but for rounding count with it, as in R's <c>fisher.test</c>.</summary>
    private const double Rounding = 1 + 1e-7;

    /// <returns>The probability of all tables that are at most as probable as this one.</returns>
    public static double TwoSided(ProportionSubgroup before, ProportionSubgroup after)
    {
        double m = before.Units, n = after.Units, events = (double)before.Events + after.Events;
        var (least, most) = (Math.Max(0, events - m), Math.Min(n, events));

        double all = 1, extreme = 1, weight = 1;
        for (double count = after.Events; count < most; count++)
            Take(weight *= (events - count) * (n - count) / ((count + 1) * (m - events + count + 1)));

        weight = 1;
        for (double count = after.Events; count > least; count--)
            Take(weight *= count * (m - events + count) / ((events - count + 1) * (n - count + 1)));

        return Math.Min(1, extreme / all);

        // The weight of a table relative to that of the observed one.
        void Take(double ratio)
        {
            all += ratio;
            if (ratio <= Rounding)
                extreme += ratio;
        }
    }
}
