using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Attributes;

/// <summary>The form that the lines of all charts of counted events share.</summary>
internal static class AttributeLines
{
    /// <summary>An exact line, which a bound may never take across the centre line.</summary>
    /// <param name="k">A signed number of standard deviations, which stands for the tail beyond it.</param>
    public static double Exact(double k, double centre, Func<double, double> lower, Func<double, double> upper)
        => k > 0 ? Math.Max(centre, upper(k))
        : k < 0 ? Math.Min(centre, lower(-k))
        : centre;

    /// <summary>A line some standard errors from the centre, within what can be counted at all.</summary>
    public static double Normal(double k, double centre, double standardError, double most)
        => Math.Clamp(centre + (k * standardError), 0, most);

    /// <summary>Laney's limits are the exact ones where the dispersion is not beyond chance.</summary>
    public static AttributeLimits InForce(AttributeLimits limits, bool isOverdispersed)
        => limits == AttributeLimits.Laney && !isOverdispersed ? AttributeLimits.Exact : limits;

    /// <summary>The rules for counts of subgroups of one size, whose lines do not change from point to point.</summary>
    /// <param name="mean">Expected events in a point.</param>
    public static RuleSet RulesForCounts(double mean) => mean < MeanForRuns ? RuleSet.All & ~(RuleSet.R2 | RuleSet.R7) : RuleSet.All & ~RuleSet.R7;

    public static string ReasonForCounts(double mean)
        => "With exact lines, rare tails and ties make the rules signal less often than promised, except R7: lines between counts enclose too much"
        + (mean < MeanForRuns ? ", and R2: with so few events the mean is no median." : ".");

    public const string ReasonForVaryingSizes
        = "The lines change from point to point with its size, so only R1, which looks at one point, keeps its meaning.";

    // From here on, runs of nine on one side of the mean, which is not the median, are at most a quarter more frequent than the rule promises.
    private const double MeanForRuns = 50;
}
