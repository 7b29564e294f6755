using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RareEvents;

/// <summary>
/// The frozen limits of a t chart: the time between two events, in seconds or any other unit. Points below the centre line, the median, are the bad ones:
/// the event has become more frequent.
/// </summary>
/// <remarks>
/// The line at k is the quantile Phi(k) of the estimated distribution: scale (-ln Phi(-k))^(1 / shape). An estimate from n times is off by a share of
/// about 1 / sqrt(n), and so is the share of false alarms below the lower line.
/// </remarks>
public sealed record TimeBetweenBaseline
{
    public const int FewestTimes = 25;

    public required TimeBetweenModel Model { get; init; }

    /// <summary>The 63 % quantile, in the unit of the times; for an exponential distribution its mean.</summary>
    public required double Scale { get; init; }

    /// <summary>1 for an exponential distribution.</summary>
    public required double Shape { get; init; }

    /// <summary>How many times it is estimated from.</summary>
    public required int Times { get; init; }

    public static RuleSet SuitableRules => RuleSet.All;

    public static string SuitableRulesReason => "Times are continuous and the lines are quantiles, so every zone has the probability that the rules count on.";

    /// <param name="times">Times between consecutive events; positive, and for <see cref="TimeBetweenModel.Exponential"/> also zero.</param>
    /// <returns>Null where <paramref name="problem"/> says why not.</returns>
    public static TimeBetweenBaseline? Estimate(IEnumerable<double> times, TimeBetweenModel model, out RareEventProblem problem)
    {
        ArgumentNullException.ThrowIfNull(times);
        var given = times.ToArray();
        problem = TimeEstimation.FirstProblem(given);
        if (problem == RareEventProblem.None && model == TimeBetweenModel.Weibull && Array.Exists(given, time => time == 0))
            problem = RareEventProblem.ZeroTime;
        if (problem != RareEventProblem.None)
            return null;

        if (model == TimeBetweenModel.Exponential)
            return new TimeBetweenBaseline { Model = model, Scale = given.Average(), Shape = 1, Times = given.Length };
        if (WeibullFit.Of(given) is { } fit)
            return new TimeBetweenBaseline { Model = model, Scale = fit.Scale, Shape = fit.Shape, Times = given.Length };

        problem = RareEventProblem.NoVariation;
        return null;
    }

    /// <summary>Whether so much is enough to freeze limits from.</summary>
    public static bool IsEnough(int times) => times >= FewestTimes;

    /// <summary>The zone lines, in the unit of the times.</summary>
    public ZoneLimits Limits => ZoneLimits.From(Line);

    /// <summary>The line at a signed number of standard deviations, which stands for the quantile Phi(k).</summary>
    public double Line(double k) => Scale * Math.Pow(CumulativeHazard.At(k), 1 / Shape);

    /// <inheritdoc cref="UnitsBetweenBaseline.LinesFor"/>
    public RuleLimits LinesFor(RuleParameters parameters) => RuleLimits.From(Line, parameters);
}
