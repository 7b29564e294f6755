using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>Numbers for a set of rules that together raise a false alarm as often as was asked for, on average.</summary>
/// <param name="Parameters">The numbers. Those of rules that are not in the set are Nelson's.</param>
/// <param name="Mean">
/// The in-control average run length that they have: the one asked for to nine digits where a width can be scaled, that is with R1, R5 or R6 in
/// the set, and else the least that lengths, which are whole, allow.
/// </param>
public sealed record Calibration(RuleParameters Parameters, double Mean)
{
    /// <summary>Below it four rules could not share the alarms between them.</summary>
    public const double FewestPoints = 20;

    private const RuleSet Ordered = RuleSet.R3 | RuleSet.R4;
    private const RuleSet Scaled = RuleSet.R1 | RuleSet.R5 | RuleSet.R6;

    /// <summary>
    /// Gives each rule an equal share of the false alarms: the widths of R1, R5 and R6 so that each alone has it, the lengths of the others the
    /// least that do not exceed it. Then the three widths are scaled together until the set meets the target.
    /// </summary>
    /// <param name="rules">At least one of Nelson's eight.</param>
    /// <param name="points">The average run length asked for, at least <see cref="FewestPoints"/>.</param>
    /// <exception cref="NotSupportedException">No length up to the longest keeps a rule's share, or the rules remember too much.</exception>
    public static Calibration For(RuleSet rules, double points)
    {
        if (!(points >= FewestPoints && points <= 1e12))
            throw new ArgumentOutOfRangeException(nameof(points), points, $"A false alarm can be asked for every {FewestPoints} to 1e12 points.");

        var share = rules.Count() * points;
        var alone = RuleParameters.Default;
        foreach (var rule in (rules & RuleSet.All).Each())
            alone = WithShare(rule, share, alone);

        if ((rules & Scaled) == RuleSet.None)
            return new Calibration(alone, RunLength.Of(rules, alone).Mean);

        // Trend and alternation make a run length dear and hardly meddle with the other rules. Without them the scale is found almost as well, for the
        // alarms that they leave.
        var zones = rules & ~Ordered;
        var scale = zones == rules ? 1 : Scale(zones, alone, 1 / ((1 / points) - (1 / RunLength.Of(rules & Ordered, alone).Mean)), near: 1, precision: 1e-4).Factor;
        return Scale(rules, alone, points, scale, precision: 5e-10).Calibration;
    }

    private static (double Factor, Calibration Calibration) Scale(RuleSet rules, RuleParameters alone, double points, double near, double precision)
    {
        var last = new Calibration(alone, 0);
        var factor = RisingRoot.Find(
            factor =>
            {
                var parameters = WithWidths(rules, alone, factor);
                last = new Calibration(parameters, RunLength.Of(rules, parameters).Mean);
                return Math.Log(last.Mean / points);
            },
            near,
            precision);
        return (factor, last);
    }

    private static RuleParameters WithWidths(RuleSet rules, RuleParameters parameters, double factor) => parameters with
    {
        K1 = rules.HasFlag(RuleSet.R1) ? parameters.K1 * factor : parameters.K1,
        K5 = rules.HasFlag(RuleSet.R5) ? parameters.K5 * factor : parameters.K5,
        K6 = rules.HasFlag(RuleSet.R6) ? parameters.K6 * factor : parameters.K6,
    };

    private static RuleParameters WithShare(RuleSet rule, double share, RuleParameters parameters)
    {
        return rule switch
        {
            RuleSet.R1 => parameters with { K1 = -Normal.InvCDF(0, 1, 0.5 / share) },
            RuleSet.R5 => Width(k => parameters with { K5 = k }, near: 2),
            RuleSet.R6 => Width(k => parameters with { K6 = k }, near: 1.3),
            RuleSet.R2 => Least(n => parameters with { N2 = n }, from: 2),
            RuleSet.R3 => Least(n => parameters with { N3 = n }, from: 2),
            RuleSet.R4 => Least(n => parameters with { N4 = n }, from: 3),
            RuleSet.R7 => Least(n => parameters with { N7 = n }, from: 2),
            _ => Least(n => parameters with { N8 = n }, from: 2),
        };

        RuleParameters Width(Func<double, RuleParameters> with, double near)
            => with(RisingRoot.Find(k => Math.Log(RunLength.Of(rule, with(k)).Mean / share), near, precision: 1e-11));

        RuleParameters Least(Func<int, RuleParameters> with, int from)
        {
            for (var n = from; n <= RuleParameters.MostPoints; n++)
            {
                if (RunLength.Of(rule, with(n)).Mean >= share)
                    return with(n);
            }

            throw new NotSupportedException($"Even over {RuleParameters.MostPoints} points {RuleText.Name(rule)} raises a false alarm more often than every {share:G4} points.");
        }
    }
}
