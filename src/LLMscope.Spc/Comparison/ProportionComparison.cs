using LLMscope.Spc.Attributes;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Comparison;

/// <summary>Whether the share of units with an event, such as failed calls, differs before and after a change. It holds for independent units.</summary>
public sealed record ProportionComparison
{
    /// <summary>Where a cell of the two by two table expects fewer units, p is exact.</summary>
    private const double FewUnits = 10;

    public required ProportionSubgroup Before { get; init; }

    public required ProportionSubgroup After { get; init; }

    /// <summary>After less before.</summary>
    /// <remarks>The interval is method 10 of Newcombe, Statistics in Medicine 17, 1998, 873-890: Wilson's score limits of both sides joined.</remarks>
    public required Estimate Difference { get; init; }

    /// <summary>After divided by before: infinite where there were no events before, not a number where there were none at all.</summary>
    /// <remarks>
    /// The interval is that of Katz et al., Biometrics 34(3), 1978, 469-474; where a side has no event, with half an event and a unit more on both.
    /// </remarks>
    public required Estimate RelativeRisk { get; init; }

    /// <summary>
    /// Two-sided: Fisher's exact test (the tables that are at most as probable as this one) for small counts, otherwise Pearson's chi-square.
    /// Not a number where a side has no units.
    /// </summary>
    public required double P { get; init; }

    public required bool IsExact { get; init; }

    /// <param name="confidence">Of the intervals, in (0, 1).</param>
    public static ProportionComparison Compare(ProportionSubgroup before, ProportionSubgroup after, double confidence = 0.95)
    {
        var known = before.Units > 0 && after.Units > 0;
        var z = -Normal.InvCDF(0, 1, (1 - confidence) / 2);
        double units = (double)before.Units + after.Units, events = (double)before.Events + after.Events;
        var fewest = Math.Min(before.Units, after.Units) * Math.Min(events, units - events) / units;
        var exact = known && fewest < FewUnits;
        return new ProportionComparison
        {
            Before = before,
            After = after,
            Difference = known ? DifferenceOf(before, after, z) : Estimate.None,
            RelativeRisk = known ? RiskOf(before, after, z) : Estimate.None,
            P = exact ? FisherExact.TwoSided(before, after) : known ? ChiSquare(before, after) : double.NaN,
            IsExact = exact,
        };
    }

    /// <summary>Wilson's score interval of one proportion, Journal of the American Statistical Association 22, 1927, 209-212.</summary>
    internal static Estimate Wilson(ProportionSubgroup subgroup, double z)
    {
        double n = subgroup.Units, p = subgroup.Proportion;
        var middle = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        var spread = z / (1 + (z * z / n)) * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        return new Estimate(p, Math.Max(0, middle - spread), Math.Min(1, middle + spread));
    }

    private static Estimate DifferenceOf(ProportionSubgroup before, ProportionSubgroup after, double z)
    {
        var (first, second) = (Wilson(before, z), Wilson(after, z));
        var difference = second.Value - first.Value;
        return new Estimate(
            difference,
            difference - Math.Sqrt(Math.Pow(second.Value - second.Lower, 2) + Math.Pow(first.Upper - first.Value, 2)),
            difference + Math.Sqrt(Math.Pow(second.Upper - second.Value, 2) + Math.Pow(first.Value - first.Lower, 2)));
    }

    private static Estimate RiskOf(ProportionSubgroup before, ProportionSubgroup after, double z)
    {
        if (before.Events == 0 && after.Events == 0)
            return new Estimate(double.NaN, 0, double.PositiveInfinity);

        var none = before.Events == 0 || after.Events == 0;
        var (more, wider) = none ? (0.5, 1) : (0.0, 0);
        double eventsBefore = before.Events + more, eventsAfter = after.Events + more;
        double unitsBefore = (double)before.Units + wider, unitsAfter = (double)after.Units + wider;
        var log = Math.Log(eventsAfter / unitsAfter / (eventsBefore / unitsBefore));
        var error = z * Math.Sqrt((1 / eventsAfter) - (1 / unitsAfter) + (1 / eventsBefore) - (1 / unitsBefore));
        return new Estimate(
            after.Proportion / before.Proportion,
            after.Events == 0 ? 0 : Math.Exp(log - error),
            before.Events == 0 ? double.PositiveInfinity : Math.Exp(log + error));
    }

    private static double ChiSquare(ProportionSubgroup before, ProportionSubgroup after)
    {
        double m = before.Units, n = after.Units;
        var pooled = ((double)before.Events + after.Events) / (m + n);
        var z = Math.Abs(after.Proportion - before.Proportion) / Math.Sqrt(pooled * (1 - pooled) * ((1 / m) + (1 / n)));
        return 2 * Normal.CDF(0, 1, -z);
    }
}
