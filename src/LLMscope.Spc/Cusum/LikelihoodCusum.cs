namespace LLMscope.Spc.Cusum;

/// <summary>
/// A CUSUM of counted events whose points may differ in size. Each point adds the logarithm of its likelihood ratio, so that large points weigh as much more as they
/// tell more. Immutable: any number of charts share one, each with its own <see cref="CusumMemory"/>. A signal resets nothing.
/// </summary>
/// <remarks>
/// Steiner, Cook, Farewell and Treasure, Monitoring surgical performance using risk-adjusted cumulative sum charts, Biostatistics 1(4), 2000, 441-452: with steps of
/// likelihood ratios one constant threshold serves points that differ in what they let expect; for Poisson rates of changing exposure Mei, Han and Tsui, Statistica Sinica
/// 21(2), 2011, 597-624. For points of one size it is the CUSUM of <see cref="CountCusumParameters"/> times a factor.
/// </remarks>
/// <param name="Rise">Null where the rate cannot be higher.</param>
/// <param name="Fall">Null where the rate cannot be lower.</param>
/// <param name="H">What a sum must exceed to signal.</param>
/// <param name="Most">The most that one point adds, so that one wild point is a matter of R1 and not taken for a lasting shift.</param>
/// <param name="Cap">The most a sum holds after a point, at least h, so that the chart recovers soon after a long shift.</param>
/// <param name="RunLength">The points between two false alarms that it was made for.</param>
public sealed record LikelihoodCusum(LikelihoodStep? Rise, LikelihoodStep? Fall, double H, double Most, double Cap, double RunLength)
{
    /// <summary>Takes the next point.</summary>
    public CusumPoint Step(ref CusumMemory memory, double events, double size)
    {
        var upper = Next(Rise, memory.Upper, events, size);
        var lower = Next(Fall, memory.Lower, events, size);
        memory.UpperPoints = upper > 0 ? memory.UpperPoints + 1 : 0;
        memory.LowerPoints = lower > 0 ? memory.LowerPoints + 1 : 0;
        memory.Upper = Math.Min(upper, Cap);
        memory.Lower = Math.Min(lower, Cap);

        var up = upper > H && !(lower > H && memory.LowerPoints < memory.UpperPoints);
        return up ? new CusumPoint(memory.Upper, memory.Lower, Direction.Up, memory.UpperPoints - 1)
            : lower > H ? new CusumPoint(memory.Upper, memory.Lower, Direction.Down, memory.LowerPoints - 1)
            : new CusumPoint(memory.Upper, memory.Lower, Direction.None, 0);
    }

    private double Next(LikelihoodStep? step, double sum, double events, double size)
        => step is null ? 0 : Math.Max(0, sum + Math.Min(Most, step.Of(events, size)));
}
