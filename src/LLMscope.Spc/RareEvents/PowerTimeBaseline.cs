using LLMscope.Spc.Individuals;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RareEvents;

/// <summary>
/// The frozen limits of a t chart as Nelson drew it: an individuals chart of the times between events to the power of 1 / 3.6, which makes exponential times
/// nearly normal. For comparison with textbooks; the quantiles of <see cref="TimeBetweenBaseline"/> are exact. The lower limit here lets 0.006 % of
/// the times of a constant rate through instead of 0.135 %, so bursts are seen later.
/// </summary>
/// <remarks>Nelson, A control chart for parts-per-million nonconforming items, Journal of Quality Technology 26(3), 1994, 239-240.</remarks>
public sealed record PowerTimeBaseline
{
    /// <summary>Transformed times are times to the power of one over this.</summary>
    public const double Root = 3.6;

    /// <summary>The mean of the transformed times.</summary>
    public required double Centre { get; init; }

    /// <summary>Their standard deviation, from the mean moving range.</summary>
    public required double Sigma { get; init; }

    /// <summary>How many times it is estimated from.</summary>
    public required int Times { get; init; }

    public static RuleSet SuitableRules => RuleSet.All;

    public static string SuitableRulesReason => "The transformed times of events at a constant rate are nearly normal.";

    /// <param name="times">Times between consecutive events in their order, none negative.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static PowerTimeBaseline? Estimate(IEnumerable<double> times, out RareEventProblem problem)
    {
        ArgumentNullException.ThrowIfNull(times);
        var given = times.ToArray();
        problem = TimeEstimation.FirstProblem(given);
        if (problem != RareEventProblem.None)
            return null;

        var transformed = Array.ConvertAll(given, time => Math.Pow(time, 1 / Root));
        return new PowerTimeBaseline { Centre = transformed.Average(), Sigma = RobustScale.MeanMovingRange(transformed), Times = given.Length };
    }

    /// <summary>The zone lines, in the unit of the times; none lies below 0.</summary>
    public ZoneLimits Limits => ZoneLimits.From(Line);

    /// <summary>The line at a signed number of standard deviations of the transformed times, drawn back.</summary>
    public double Line(double k) => Math.Pow(Math.Max(0, Centre + (k * Sigma)), Root);

    /// <inheritdoc cref="UnitsBetweenBaseline.LinesFor"/>
    public RuleLimits LinesFor(RuleParameters parameters) => RuleLimits.From(Line, parameters);
}
