namespace LLMscope.Spc.Cusum;

/// <summary>
/// A CUSUM of counts that finds a rise of rare events: errors in a minute (Poisson), or 1 for a failed and 0 for a good call (Bernoulli).
/// Immutable: any number of charts share one, each with its own <see cref="CountCusumMemory"/>. A signal resets nothing.
/// </summary>
/// <remarks>Lucas, Technometrics 27(2), 1985, 129-144; Reynolds and Stoumbos, Journal of Quality Technology 31(1), 1999, 87-108.</remarks>
public sealed record CountCusumParameters
{
    // Sums of decimal fractions miss the threshold by some last digits where they should meet it.
    internal const double Rounding = 1e-9;

    /// <param name="k">What a count must exceed on average to let the sum grow.</param>
    /// <param name="h">What the sum must exceed to signal.</param>
    /// <param name="headStart">Where the sum starts, from 0 to below the threshold, typically h / 2.</param>
    public CountCusumParameters(double k, double h, double headStart = 0)
    {
        if (!(k > 0 && double.IsFinite(k)))
            throw new ArgumentOutOfRangeException(nameof(k), k, "The reference value is finite and above 0.");
        if (!(h > 0 && double.IsFinite(h)))
            throw new ArgumentOutOfRangeException(nameof(h), h, "The threshold is finite and above 0.");
        if (!(headStart >= 0 && headStart < h))
            throw new ArgumentOutOfRangeException(nameof(headStart), headStart, "The head start lies from 0 to below the threshold.");

        (K, H, HeadStart) = (k, h, headStart);
    }

    public double K { get; }

    public double H { get; }

    public double HeadStart { get; }

    /// <summary>The reference value that finds a rise of the mean count from one to the other soonest, (m1 - m0) / ln(m1 / m0).</summary>
    public static double PoissonReference(double mean, double raised)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mean);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(raised, mean);
        return (raised - mean) / Math.Log(raised / mean);
    }

    /// <summary>The reference value that finds a rise of the probability of an event from one to the other soonest.</summary>
    public static double BernoulliReference(double probability, double raised)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(raised, probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(raised, 1);
        var silence = Math.Log((1 - probability) / (1 - raised));
        return silence / (Math.Log(raised / probability) + silence);
    }

    /// <summary>A chart before its first point.</summary>
    public CountCusumMemory Start() => new() { Sum = HeadStart };

    /// <summary>Forgets everything and arms the head start again: the next point is the first of a segment.</summary>
    public void Break(ref CountCusumMemory memory) => memory = Start();

    /// <summary>Takes the next count. A missing one (not a number) changes nothing and signals nothing.</summary>
    public CountCusumPoint Step(ref CountCusumMemory memory, double count)
    {
        if (double.IsNaN(count))
            return new CountCusumPoint(memory.Sum, IsSignal: false, 0);
        if (double.IsInfinity(count))
            throw new ArgumentOutOfRangeException(nameof(count), count, "A count is finite or missing.");

        var sum = memory.Sum + (count - K);
        memory.Sum = sum > Rounding ? sum : 0;
        memory.Points = memory.Sum > 0 ? memory.Points + 1 : 0;
        var isSignal = memory.Sum > H + Rounding;
        return new CountCusumPoint(memory.Sum, isSignal, isSignal ? memory.Points - 1 : 0);
    }
}
