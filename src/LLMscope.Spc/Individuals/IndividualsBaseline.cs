using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Individuals;

/// <summary>
/// The frozen limits of a chart of individual values and of its moving ranges, and what they were estimated from.
/// Where <see cref="Problem"/> is not <see cref="BaselineProblem.None"/> there are no limits and every number of them is NaN.
/// </summary>
public sealed record IndividualsBaseline
{
    /// <summary>Fewer values give no limits at all. A hundred give provisional ones, a thousand good ones.</summary>
    public const int FewestValues = 8;

    public required Transform Transform { get; init; }

    /// <summary>The centre line on the transformed scale.</summary>
    public required double Centre { get; init; }

    /// <summary>The standard deviation on the transformed scale.</summary>
    public required double Sigma { get; init; }

    /// <summary>The zone lines in data units.</summary>
    public required ZoneLimits Limits { get; init; }

    /// <summary>How many values the limits are estimated from.</summary>
    public required int Count { get; init; }

    /// <summary>The values that were left out, in the order of their indices.</summary>
    public required IReadOnlyList<ExcludedValue> Excluded { get; init; }

    public required BaselineDiagnostics Diagnostics { get; init; }

    public required BaselineWarnings Warnings { get; init; }

    public required BaselineProblem Problem { get; init; }

    public bool HasLimits => Problem == BaselineProblem.None;

    /// <summary>The expected moving range on the transformed scale, d2 sigma.</summary>
    public double MovingRangeCentre => ChartConstants.D2 * Sigma;

    /// <summary>The upper control limit of the moving range on the transformed scale, D4 d2 sigma.</summary>
    public double MovingRangeLimit => ChartConstants.D4 * MovingRangeCentre;

    /// <summary>The rules that mean something on values like these: trend, alternation and hugging need a fine enough unit.</summary>
    public RuleSet SuitableRules
        => Warnings.HasFlag(BaselineWarnings.TooCoarse) ? RuleSet.All & ~(RuleSet.R3 | RuleSet.R4 | RuleSet.R7) : RuleSet.All;

    /// <summary>Estimates limits from values that were good: median and Gini's mean difference, or as the textbooks do.</summary>
    /// <param name="values">In the order of their time and in data units; not a number means missing.</param>
    public static IndividualsBaseline Estimate(
        ReadOnlySpan<double> values, Transform transform, BaselineEstimator estimator = BaselineEstimator.Robust)
        => BaselineEstimation.Estimate(values, transform, estimator);

    /// <summary>The lines that the rules compare with, also where the parameters ask for other widths than one, two and three.</summary>
    public RuleLimits LinesFor(RuleParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return RuleLimits.From(Line, parameters);
    }

    // The seven stored lines may have been put between representable values, so they win over the formula.
    private double Line(double k)
        => k is -3 or -2 or -1 or 0 or 1 or 2 or 3 ? Limits.Line((int)k) : Transform.Invert(Centre + (k * Sigma));
}
