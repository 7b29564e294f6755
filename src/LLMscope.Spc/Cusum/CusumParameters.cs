namespace LLMscope.Spc.Cusum;

/// <summary>
/// A two-sided tabular CUSUM of standardised scores. It collects small deviations until they are too many for chance.
/// Immutable: any number of charts share one, each with its own <see cref="CusumMemory"/>. A signal resets nothing.
/// </summary>
/// <remarks>
/// Page, Biometrika 41, 1954, 100-115; head start: Lucas and Crosier, Technometrics 24(3), 1982, 199-205. The change is estimated to have
/// begun right after the sum was last 0.
/// </remarks>
public sealed record CusumParameters
{
    /// <param name="k">What a score must exceed to count, in standard deviations: half the shift to be found.</param>
    /// <param name="h">What a sum must exceed to signal, in standard deviations.</param>
    /// <param name="headStart">
    /// Where both sums start, typically h / 2. At most h / 2 + k: beyond it one side could signal while the other has not fallen to 0.
    /// </param>
    /// <param name="cap">The most a sum holds after a point, at least h, so that the chart recovers soon after a long shift.</param>
    public CusumParameters(double k, double h, double headStart = 0, double cap = double.PositiveInfinity)
    {
        if (!(k >= 0 && double.IsFinite(k)))
            throw new ArgumentOutOfRangeException(nameof(k), k, "The reference value is finite and not negative.");
        if (!(h > 0 && double.IsFinite(h)))
            throw new ArgumentOutOfRangeException(nameof(h), h, "The threshold is finite and above 0.");
        if (!(headStart >= 0 && headStart <= (h / 2) + k && headStart <= h))
            throw new ArgumentOutOfRangeException(nameof(headStart), headStart, "The head start lies from 0 to h / 2 + k.");
        if (!(cap >= h))
            throw new ArgumentOutOfRangeException(nameof(cap), cap, "The cap lies at the threshold or above it.");

        (K, H, HeadStart, Cap) = (k, h, headStart, cap);
    }

    public double K { get; }

    public double H { get; }

    public double HeadStart { get; }

    public double Cap { get; }

    /// <summary>A chart before its first point.</summary>
    public CusumMemory Start() => new() { Upper = HeadStart, Lower = HeadStart };

    /// <summary>Forgets everything and arms the head start again: the next point is the first of a segment.</summary>
    public void Break(ref CusumMemory memory) => memory = Start();

    /// <summary>Takes the next score. A missing one (not a number) changes nothing and signals nothing.</summary>
    /// <param name="z">The score: 0 on target, in standard deviations. Infinite scores are refused, since no sum recovers from one.</param>
    public CusumPoint Step(ref CusumMemory memory, double z)
    {
        if (double.IsNaN(z))
            return new CusumPoint(memory.Upper, memory.Lower, Direction.None, 0);
        if (double.IsInfinity(z))
            throw new ArgumentOutOfRangeException(nameof(z), z, "A score is finite or missing.");

        var upper = Math.Max(0, memory.Upper + (z - K));
        var lower = Math.Max(0, memory.Lower + (-z - K));
        memory.UpperPoints = (memory.UpperPoints + 1) & WhereAboveZero(upper);
        memory.LowerPoints = (memory.LowerPoints + 1) & WhereAboveZero(lower);
        memory.Upper = Math.Min(upper, Cap);
        memory.Lower = Math.Min(lower, Cap);

        // A sum held at the threshold must not fall silent while the shift lasts, so the signal is taken before the cap.
        var up = upper > H && !(lower > H && memory.LowerPoints < memory.UpperPoints);
        var signal = up ? Direction.Up : lower > H ? Direction.Down : Direction.None;
        var points = signal switch
        {
            Direction.Up => memory.UpperPoints - 1,
            Direction.Down => memory.LowerPoints - 1,
            _ => 0,
        };
        return new CusumPoint(memory.Upper, memory.Lower, signal, points);
    }

    // All bits where a sum, which is never negative, is above 0. Sums fall to 0 at random, so that a branch would be guessed wrong every other time.
    private static int WhereAboveZero(double sum) => (int)(BitConverter.DoubleToInt64Bits(0 - sum) >> 63);
}
