namespace LLMscope.Spc.Subgroups;

/// <summary>Collects the values of one interval of time into the one value that the chart plots. Halves collected apart can be merged.</summary>
/// <remarks>
/// The plotted values are charted as individuals: their moving ranges set the limits. The classic limits from the spread within subgroups
/// would assume that nothing but chance differs between intervals; load, prompts and routing do differ, with hundreds of calls to
/// a subgroup such limits become so narrow that every interval signals.
/// Moments by Welford, Technometrics 4(3), 1962, 419-420; merging by Chan, Golub and LeVeque, The American Statistician 37(3), 1983, 242-247.
/// </remarks>
public sealed class TimeSubgroup(Transform transform)
{
    private double _mean;
    private double _squares;
    private double _least = double.PositiveInfinity;
    private double _most = double.NegativeInfinity;

    /// <summary>How many values were collected.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The mean on the transformed scale in data units: the arithmetic mean, or the geometric mean for <see cref="Transform.Log"/>.
    /// Not a number where nothing was collected.
    /// </summary>
    public double Statistic => Count == 0 ? double.NaN : transform.Invert(_mean);

    /// <summary>The variance within the subgroup on the transformed scale, with n - 1; not a number for fewer than two values.</summary>
    public double WithinVariance => Count < 2 ? double.NaN : _squares / (Count - 1);

    /// <summary>The subgroup as a point of an Xbar chart, on the transformed scale.</summary>
    public Subgroup Summary => Count == 0
        ? new Subgroup(0, double.NaN, double.NaN, double.NaN)
        : new Subgroup(Count, _mean, _most - _least, Math.Sqrt(WithinVariance));

    /// <param name="count">
    /// How many observations the value is the mean of. What they vary among themselves is not known, so the variance within is that of the means alone.
    /// </param>
    /// <returns>False, with nothing changed, where the transform has no answer for the value.</returns>
    public bool TryAdd(double value, int count = 1)
    {
        if (!transform.Accepts(value))
            return false;

        var transformed = transform.Apply(value);
        var deviation = transformed - _mean;
        Count += count;
        _mean += deviation * count / Count;
        _squares += deviation * count * (transformed - _mean);
        _least = Math.Min(_least, transformed);
        _most = Math.Max(_most, transformed);
        return true;
    }

    /// <summary>Takes in the values of another part of the same interval, collected with the same transform.</summary>
    public void Merge(TimeSubgroup other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0)
            return;

        var count = Count + other.Count;
        var distance = other._mean - _mean;
        _mean += distance * other.Count / count;
        _squares += other._squares + (distance * distance * Count * other.Count / count);
        _least = Math.Min(_least, other._least);
        _most = Math.Max(_most, other._most);
        Count = count;
    }
}
