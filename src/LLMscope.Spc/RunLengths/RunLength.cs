using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// How many points a chart takes until its first signal, exactly, for independent normal points and any set of rules.
/// In control that is the distance of false alarms; after a change it is the delay.
/// </summary>
/// <remarks>
/// Champ and Woodall, Technometrics 29(4), 1987, 393-399, for rules over zones; extended to trend and alternation by carrying the last
/// value. Ten digits up to a mean of 1e5 points; the relative error grows with the mean, to about 1e-6 at 1e9.
/// </remarks>
public sealed record RunLength
{
    private const int MostSteps = 20_000;

    private readonly double[] _survival;
    private readonly double _decay;

    private RunLength(double[] survival, double decay)
    {
        _survival = survival;
        _decay = decay;

        // From the last step on the survival decays by the same share each point, so the rest of both sums is geometric.
        double first = 0, second = 0;
        for (var n = 0; n < survival.Length - 1; n++)
        {
            first += survival[n];
            second += ((2.0 * n) + 1) * survival[n];
        }

        var last = survival.Length - 1;
        var hazard = 1 - decay;
        first += survival[last] / hazard;
        second += survival[last] * ((((2.0 * last) + 1) / hazard) + (2 * decay / (hazard * hazard)));
        Mean = first;
        StandardDeviation = double.IsInfinity(first) ? first : Math.Sqrt(second - (first * first));
    }

    /// <summary>The average run length (ARL), in points; infinite where it is beyond what a double can tell from never, about 1e15.</summary>
    public double Mean { get; }

    public double StandardDeviation { get; }

    /// <param name="rules">At least one rule.</param>
    /// <param name="parameters">Nelson's own numbers where left out.</param>
    /// <param name="shift">Of the mean of all points, in standard deviations of the chart.</param>
    /// <param name="spread">The standard deviation of the points, in those of the chart.</param>
    public static RunLength Of(RuleSet rules, RuleParameters? parameters = null, double shift = 0, double spread = 1)
    {
        if (rules == RuleSet.None)
            throw new ArgumentException("A chart without rules never signals.", nameof(rules));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spread);

        parameters ??= RuleParameters.Default;
        return Of(new SurvivalOperator(rules, parameters, shift, spread).Survival(), parameters.LongestWindow);
    }

    /// <summary>
    /// The run length with these probabilities of more than 0, 1, 2 and so on points, which in the end decay by the same share each point.
    /// </summary>
    /// <param name="window">How many points the survival may stand still before it decays.</param>
    internal static RunLength Of(IEnumerable<double> probabilities, int window)
    {
        var survival = new List<double>();
        var decay = double.NaN;
        var settled = 0;

        // Until its window is full a rule cannot signal and the survival stands still; after that it swings before it settles.
        foreach (var next in probabilities)
        {
            var nextDecay = survival.Count == 0 ? double.NaN : next / survival[^1];
            settled = Math.Abs(nextDecay - decay) <= Math.Max(1e-11 * (1 - nextDecay), 4e-16) ? settled + 1 : 0;
            survival.Add(next);
            decay = nextDecay;
            if (survival.Count >= MostSteps || (settled >= window && survival.Count >= 3 * window) || next <= 1e-250)
                break;
        }

        return new RunLength([.. survival], decay);
    }

    /// <summary>The probability of more than this many points without a signal.</summary>
    public double Survival(long points)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        var last = _survival.Length - 1;
        return points <= last ? _survival[points] : _survival[last] * Math.Pow(_decay, points - last);
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
}
