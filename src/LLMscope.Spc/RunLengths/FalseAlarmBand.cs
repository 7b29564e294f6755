namespace LLMscope.Spc.RunLengths;

/// <summary>The false alarms to expect of a chart whose lines were estimated: on average over all baselines of its size, and in nine of ten.</summary>
/// <param name="Low">Nineteen baselines of twenty lead to more.</param>
/// <param name="High">Nineteen baselines of twenty lead to fewer.</param>
public readonly record struct FalseAlarmBand(double Low, double Expected, double High)
{
    /// <summary>The band of the alarms that a set of processes raises, each as likely as the next to be the one behind the baseline.</summary>
    public static FalseAlarmBand Over(IEnumerable<double> alarms)
    {
        var ascending = alarms.Order().ToArray();
        return ascending.Length < 2
            ? throw new ArgumentException("A band takes at least two processes.", nameof(alarms))
            : new FalseAlarmBand(Quantile(ascending, 0.05), ascending.Average(), Quantile(ascending, 0.95));
    }

    /// <summary>Of both together, as if they never alarmed at the same point and one baseline were the worst for both: an upper bound.</summary>
    public static FalseAlarmBand operator +(FalseAlarmBand left, FalseAlarmBand right)
        => new(left.Low + right.Low, left.Expected + right.Expected, left.High + right.High);

    /// <summary>The alarms among so many points of a band for one.</summary>
    public static FalseAlarmBand operator *(double points, FalseAlarmBand rate) => new(points * rate.Low, points * rate.Expected, points * rate.High);

    private static double Quantile(double[] ascending, double probability)
    {
        var place = Math.Max(0, (probability * ascending.Length) - 0.5);
        var lower = Math.Min((int)place, ascending.Length - 2);
        return ascending[lower] + ((place - lower) * (ascending[lower + 1] - ascending[lower]));
    }
}
