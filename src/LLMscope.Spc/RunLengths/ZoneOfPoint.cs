using System.Collections.Immutable;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>What the rules see of a point that lies between two neighbouring lines: where it is, not its value.</summary>
internal readonly record struct ZoneOfPoint(double Lower, double Upper)
{
    private double Middle => double.IsNegativeInfinity(Lower) ? Upper - 1 : double.IsPositiveInfinity(Upper) ? Lower + 1 : (Lower + Upper) / 2;

    /// <summary>1 above the line at +k, -1 below the line at -k, 0 between them.</summary>
    public int Beyond(double k) => Middle > k ? 1 : Middle < -k ? -1 : 0;

    /// <summary>The zones between the lines that matter to the rules, lowest first; one without end where no rule has a line.</summary>
    public static ImmutableArray<ZoneOfPoint> Between(RuleSet rules, RuleParameters parameters)
    {
        var lines = new SortedSet<double>();
        foreach (var rule in (rules & ~(RuleSet.R3 | RuleSet.R4)).Each())
        {
            lines.Add(-parameters.Width(rule));
            lines.Add(parameters.Width(rule));
        }

        var zones = ImmutableArray.CreateBuilder<ZoneOfPoint>(lines.Count + 1);
        var lower = double.NegativeInfinity;
        foreach (var line in lines.Append(double.PositiveInfinity))
        {
            if (line > lower)
                zones.Add(new ZoneOfPoint(lower, line));
            lower = line;
        }

        return zones.ToImmutable();
    }
}
