using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Attributes;

/// <summary>The frozen limits of a c chart: how many events there are in points of equal exposure. It is the u chart of an exposure of 1.</summary>
/// <remarks>With 16 events a point, three standard deviations signal every 438th point; with one event every 273rd and with a twentieth every 21st.</remarks>
public sealed record CountBaseline
{
    /// <summary>The events for each point.</summary>
    public required RateBaseline Rate { get; init; }

    /// <summary>Events in a point, which is the centre line.</summary>
    public double Mean => Rate.Rate;

    /// <summary>The rules that the exact lines keep the promise of; with other lines only R1.</summary>
    public RuleSet SuitableRules => AttributeLines.RulesForCounts(Mean);

    public string SuitableRulesReason => AttributeLines.ReasonForCounts(Mean);

    /// <param name="counts">The events of each point, none of them negative.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static CountBaseline? Estimate(IEnumerable<int> counts, out AttributeProblem problem)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return RateBaseline.Estimate(counts.Select(count => new RateSubgroup(1, count)), out problem) is { } rate ? new CountBaseline { Rate = rate } : null;
    }

    /// <summary>The zone lines, exact ones between two counts.</summary>
    public ZoneLimits For(AttributeLimits limits = AttributeLimits.Exact) => Rate.For(1, limits);

    /// <summary>The line at a signed number of standard deviations.</summary>
    public double Line(double k, AttributeLimits limits = AttributeLimits.Exact) => Rate.Line(k, 1, limits);

    /// <inheritdoc cref="ProportionBaseline.LinesFor"/>
    public RuleLimits LinesFor(RuleParameters parameters, AttributeLimits limits = AttributeLimits.Exact) => Rate.LinesFor(parameters, 1, limits);
}
