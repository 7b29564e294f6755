using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Attributes;

/// <summary>The frozen limits of an np chart: how many units of a subgroup have the event, in subgroups of equal size. It is the p chart times that size.</summary>
public sealed record UnitCountBaseline
{
    /// <summary>The units in every subgroup.</summary>
    public required int Units { get; init; }

    public required ProportionBaseline Proportion { get; init; }

    /// <summary>Units with the event in a subgroup, which is the centre line.</summary>
    public double Mean => Units * Proportion.Proportion;

    /// <inheritdoc cref="CountBaseline.SuitableRules"/>
    public RuleSet SuitableRules => AttributeLines.RulesForCounts(Math.Min(Mean, Units - Mean));

    public string SuitableRulesReason => AttributeLines.ReasonForCounts(Math.Min(Mean, Units - Mean));

    /// <param name="subgroups">Of one size; empty ones are left out.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static UnitCountBaseline? Estimate(IEnumerable<ProportionSubgroup> subgroups, out AttributeProblem problem)
    {
        ArgumentNullException.ThrowIfNull(subgroups);
        var given = subgroups.ToArray();
        if (ProportionBaseline.Estimate(given, out problem) is not { } proportion)
            return null;

        var units = given.Max(subgroup => subgroup.Units);
        if (Array.TrueForAll(given, subgroup => subgroup.Units == 0 || subgroup.Units == units))
            return new UnitCountBaseline { Units = units, Proportion = proportion };

        problem = AttributeProblem.UnequalUnits;
        return null;
    }

    /// <summary>The zone lines, exact ones between two counts.</summary>
    public ZoneLimits For(AttributeLimits limits = AttributeLimits.Exact) => ZoneLimits.From(LineAt(limits));

    /// <summary>The line at a signed number of standard deviations.</summary>
    public double Line(double k, AttributeLimits limits = AttributeLimits.Exact) => LineAt(limits)(k);

    /// <inheritdoc cref="ProportionBaseline.LinesFor"/>
    public RuleLimits LinesFor(RuleParameters parameters, AttributeLimits limits = AttributeLimits.Exact) => RuleLimits.From(LineAt(limits), parameters);

    private Func<double, double> LineAt(AttributeLimits limits)
    {
        var proportion = Proportion.LineAt(Units, limits);
        return k => Units * proportion(k);
    }
}
