using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Attributes;

/// <summary>Exact zone lines for the proportion of units with an event, from the tails of the binomial distribution.</summary>
public static class BinomialLimits
{
    /// <summary>
    /// The line that at most a share of Phi(-k) of subgroups exceeds, half way between two proportions that can occur.
    /// </summary>
    /// <param name="units">Units in the subgroup, at least 1.</param>
    /// <param name="probability">The probability of the event, in [0, 1].</param>
    /// <param name="k">A positive number of standard deviations, which stands for the tail Phi(-k).</param>
    public static double Upper(int units, double probability, double k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        var tail = Normal.CDF(0, 1, -k);
        var events = CountSearch.Least(units, count => Above(units, probability, count) <= tail);
        return (events + 0.5) / units;
    }

    /// <summary>The line that at most a share of Phi(-k) of subgroups falls below; negative where no proportion is low enough.</summary>
    /// <inheritdoc cref="Upper"/>
    public static double Lower(int units, double probability, double k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        var tail = Normal.CDF(0, 1, -k);

        // P(X < c) grows with c, so the first c that breaks the bound is one too many.
        var tooMany = CountSearch.Least(units, count => Below(units, probability, count + 1) > tail);
        return (tooMany - 0.5) / units;
    }

    /// <summary>P(X > events), exactly, by the regularised incomplete beta function.</summary>
    public static double Above(int units, double probability, int events)
        => events < 0 ? 1
        : events >= units || probability <= 0 ? 0
        : probability >= 1 ? 1
        : SpecialFunctions.BetaRegularized(events + 1, units - events, probability);

    /// <summary>P(X &lt; events).</summary>
    public static double Below(int units, double probability, int events)
        => events <= 0 ? 0
        : events > units || probability <= 0 ? 1
        : probability >= 1 ? 0
        : SpecialFunctions.BetaRegularized(units - events + 1, events, 1 - probability);
}
