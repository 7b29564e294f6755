using LLMscope.Spc.Rules;
using MathNet.Numerics;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// How many points a chart takes until its first signal, exactly, for independent points of any distribution and any set of rules.
/// In control that is the distance of false alarms; after a change it is the delay.
/// </summary>
/// <remarks>
/// Champ and Woodall, Technometrics 29(4), 1987, 393-399, for rules over zones; extended to trend and alternation by carrying the last
/// value. Ten digits, whether the mean is 2 or 1e100 points: the probabilities of a first signal are summed, never taken from one.
/// </remarks>
public sealed record RunLength
{
    private const int MostPoints = 20_000;

    private readonly double[] _survival;
    private readonly double _hazard;

    /// <param name="signals">The probability of a first signal at each point, until its share of the survival no longer changes.</param>
    /// <param name="hazard">That share.</param>
    private RunLength(List<double> signals, double remaining, double hazard)
    {
        // From the last point on the survival decays by the same share each point, so the rest of both sums is geometric.
        var last = signals.Count;
        _hazard = hazard;
        _survival = new double[last + 1];
        _survival[last] = remaining;
        for (var n = last - 1; n >= 0; n--)
            _survival[n] = _survival[n + 1] + signals[n];

        double first = 0, second = 0;
        for (var n = 0; n < last; n++)
        {
            first += _survival[n];
            second += ((2.0 * n) + 1) * _survival[n];
        }

        if (remaining > 0)
        {
            first += remaining / hazard;
            second += remaining * ((((2.0 * last) + 1) / hazard) + (2 * (1 - hazard) / (hazard * hazard)));
        }

        Mean = first;
        StandardDeviation = double.IsInfinity(second) ? first : Math.Sqrt(Math.Max(0, second - (first * first)));
    }

    /// <summary>The average run length (ARL), in points; infinite where the chart never signals.</summary>
    public double Mean { get; }

    public double StandardDeviation { get; }

    /// <param name="rules">At least one of Nelson's eight.</param>
    /// <param name="parameters">Nelson's own numbers where left out.</param>
    /// <param name="shift">Of the mean of all points, in standard deviations of the chart.</param>
    /// <param name="spread">The standard deviation of the points, in those of the chart.</param>
    /// <exception cref="ArgumentException">There is no rule, or one that is not Nelson's.</exception>
    /// <exception cref="NotSupportedException">With these numbers the rules remember too much for an exact answer within seconds.</exception>
    public static RunLength Of(RuleSet rules, RuleParameters? parameters = null, double shift = 0, double spread = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spread);
        return RunModel.Of(rules, parameters ?? RuleParameters.Default).ForNormal(shift, spread);
    }

    /// <summary>For scores of any continuous distribution: the run length depends on it only through the probabilities of the zones.</summary>
    /// <param name="cumulative">The probability of a score at most as large as the given one; it is asked at the lines of the rules.</param>
    /// <exception cref="ArgumentException">There is no rule, one that is not Nelson's, or the probabilities decrease or leave [0, 1].</exception>
    /// <exception cref="NotSupportedException">With these numbers the rules remember too much for an exact answer within seconds.</exception>
    public static RunLength Of(RuleSet rules, Func<double, double> cumulative, RuleParameters? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(cumulative);
        var model = RunModel.Of(rules, parameters ?? RuleParameters.Default);
        var widths = new double[model.Lines.Length + 1];
        double below = 0;
        for (var zone = 0; zone < widths.Length; zone++)
        {
            var upTo = zone < model.Lines.Length ? cumulative(model.Lines[zone]) : 1;
            if (!(upTo >= below && upTo <= 1))
                throw new ArgumentException("Cumulative probabilities must not decrease and must lie in [0, 1].", nameof(cumulative));
            widths[zone] = upTo - below;
            below = upTo;
        }

        return model.For(widths);
    }

    /// <summary>The probability of more than this many points without a signal.</summary>
    public double Survival(long points)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        var last = _survival.Length - 1;
        return points <= last ? _survival[points] : _survival[last] * Math.Exp((points - last) * SpecialFunctions.Log1p(-_hazard));
    }

    /// <summary>The number of points by which the chart has signalled with the given probability, in (0, 1); the largest number for never.</summary>
    public long Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        long low = 0, high = 1;
        while (Survival(high) > 1 - probability)
        {
            if (high > long.MaxValue / 2)
                return long.MaxValue;
            high *= 2;
        }

        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Survival(middle) > 1 - probability)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The run length with these probabilities of more than 0, 1, 2 and so on points, which in the end decay by the same share each point.</summary>
    /// <param name="window">How many points the survival may stand still before it decays.</param>
    internal static RunLength Of(IEnumerable<double> probabilities, int window)
    {
        var signals = new List<double>();
        var (survival, hazard, settled) = (double.NaN, 0.0, 0);
        foreach (var next in probabilities)
        {
            if (double.IsNaN(survival))
            {
                survival = next;
                continue;
            }

            var share = (survival - next) / survival;

            // While nearly nobody can have signalled yet the share is all rounding: it has not settled, however still it stands.
            settled = share > 1e-14 && Math.Abs(share - hazard) <= Math.Max(1e-11 * share, 4e-16) ? settled + 1 : 0;
            signals.Add(survival - next);
            (survival, hazard) = (next, share);
            if (signals.Count >= MostPoints || (settled >= window && signals.Count >= 3 * window) || next <= 1e-250)
                break;
        }

        return new RunLength(signals, survival, hazard);
    }

    /// <summary>Follows the points of a segment until the share of the survivors that signal next no longer changes.</summary>
    /// <param name="window">The points after which a signal is possible if it ever is.</param>
    internal static RunLength Follow(ISignalChain chain, int window)
    {
        var signals = new List<double>();
        double remaining = 1, hazard = 0, share = 0;
        var settled = 0;

        // Until its window is full a rule cannot signal; after that the share swings before it settles.
        while (signals.Count < 3 * window || settled < window)
        {
            if (signals.Count == MostPoints)
                throw new NotSupportedException($"The share of charts that signal next has not settled after {MostPoints} points: these probabilities are too extreme for an exact run length.");

            var next = chain.Next();
            if (next == 0 && signals.Count >= window)
                return new RunLength(signals, signals.TrueForAll(signal => signal == 0) ? 1 : 0, 0);

            // The survival is what is left of one, which leaves it few digits in the end; then the signals themselves tell their decay.
            var nextShare = remaining > 1e-3 ? next / remaining : 1 - (next / signals[^1]);
            settled = Math.Abs(nextShare - share) <= 3e-12 * nextShare ? settled + 1 : 0;
            remaining -= next;
            share = nextShare;
            hazard = nextShare;
            signals.Add(next);
        }

        return new RunLength(signals, remaining > 1e-3 ? remaining : signals[^1] * (1 - hazard) / hazard, hazard);
    }
}
