namespace LLMscope.Spc.Ewma;

/// <summary>
/// An exponentially weighted moving average of standardised scores. It answers small, lasting shifts sooner than a Shewhart chart.
/// Immutable: any number of charts share one, each with its own <see cref="EwmaMemory"/>.
/// </summary>
/// <remarks>Montgomery, Introduction to Statistical Quality Control, 7th ed., section 9.2.</remarks>
public sealed record EwmaParameters
{
    private readonly double _steadyWidth;

    /// <param name="lambda">How much the newest score counts, in (0, 1].</param>
    /// <param name="l">Distance of the limits from the target, in standard deviations of the average.</param>
    public EwmaParameters(double lambda, double l, EwmaLimits limits = EwmaLimits.Exact)
    {
        if (!(lambda is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "The newest score counts more than nothing and at most 1.");
        if (!(l > 0 && double.IsFinite(l)))
            throw new ArgumentOutOfRangeException(nameof(l), l, "The limits lie a finite distance above 0 from the target.");

        (Lambda, L, Limits) = (lambda, l, limits);
        _steadyWidth = l * Math.Sqrt(lambda / (2 - lambda));
    }

    public double Lambda { get; }

    public double L { get; }

    public EwmaLimits Limits { get; }

    /// <summary>The distance of the limits from the target in the steady state, in standard deviations of a score.</summary>
    public double SteadyWidth => _steadyWidth;

    /// <summary>Takes the next score. A missing one (not a number) changes nothing and signals nothing.</summary>
    /// <param name="z">The score: 0 on target, in standard deviations. Infinite scores are refused, since no average recovers from one.</param>
    public EwmaPoint Step(ref EwmaMemory memory, double z)
    {
        if (double.IsInfinity(z))
            throw new ArgumentOutOfRangeException(nameof(z), z, "A score is finite or missing.");

        var missing = double.IsNaN(z);
        if (!missing)
        {
            memory.Average += Lambda * (z - memory.Average);
            memory.StartUp += (1 - memory.StartUp) * Lambda * (2 - Lambda);
        }

        var width = Limits == EwmaLimits.Fixed ? _steadyWidth : _steadyWidth * Math.Sqrt(memory.StartUp);
        var signal = missing ? Direction.None
            : memory.Average > width ? Direction.Up
            : memory.Average < -width ? Direction.Down
            : Direction.None;
        return new EwmaPoint(memory.Average, -width, width, signal);
    }

    /// <summary>The same for a value in data units, answered in data units.</summary>
    /// <param name="target">The mean of the process in control.</param>
    /// <param name="sigma">The standard deviation of one value in control.</param>
    public EwmaPoint Step(ref EwmaMemory memory, double value, double target, double sigma)
        => Step(ref memory, (value - target) / sigma).On(target, sigma);
}
