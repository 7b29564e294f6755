using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.RunLengths;

/// <summary>A set of rules with its lines, ready to be asked for run lengths under any probabilities of the zones between them.</summary>
internal sealed class RunModel
{
    private readonly RunStates _states;

    private RunModel(RunStates states, double[] lines) => (_states, Lines) = (states, lines);

    /// <summary>The lines of the rules in standard deviations, ascending; there is one zone more than lines.</summary>
    public double[] Lines { get; }

    /// <summary>True where R3 or R4 is among the rules.</summary>
    public bool SeesOrder => _states.SeeOrder;

    /// <exception cref="ArgumentException">There is no rule, or one that is not Nelson's.</exception>
    /// <exception cref="NotSupportedException">The rules remember too much.</exception>
    public static RunModel Of(RuleSet rules, RuleParameters parameters)
    {
        if (rules == RuleSet.None)
            throw new ArgumentException("A chart without rules never signals.", nameof(rules));
        if ((rules & ~RuleSet.All) is not RuleSet.None and var others)
            throw new ArgumentException($"Run lengths are known for Nelson's eight rules, not for {others}.", nameof(rules));

        return new RunModel(
            RunStatesCache.Of(rules, parameters), [.. ZoneOfPoint.Between(rules, parameters).SkipLast(1).Select(zone => zone.Upper)]);
    }

    /// <param name="widths">The probability of each zone, lowest first.</param>
    public RunLength For(ReadOnlySpan<double> widths)
        => RunLength.Follow(_states.SeeOrder ? new OrderChain(_states, widths) : new ZoneChain(_states, widths), _states.Window);

    public RunLength ForNormal(double shift, double spread) => For(NormalWidths(shift, spread));

    /// <summary>The probabilities of the zones for normal scores.</summary>
    public double[] NormalWidths(double shift, double spread)
    {
        var widths = new double[Lines.Length + 1];
        for (var zone = 0; zone < widths.Length; zone++)
        {
            var lower = zone == 0 ? double.NegativeInfinity : (Lines[zone - 1] - shift) / spread;
            var upper = zone == Lines.Length ? double.PositiveInfinity : (Lines[zone] - shift) / spread;

            // On the upper side mirrored: a small probability keeps its digits only where it is not a difference of large ones.
            widths[zone] = lower > 0 ? Normal.CDF(0, 1, -lower) - Normal.CDF(0, 1, -upper) : Normal.CDF(0, 1, upper) - Normal.CDF(0, 1, lower);
        }

        return widths;
    }
}
