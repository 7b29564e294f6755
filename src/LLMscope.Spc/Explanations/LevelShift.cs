namespace LLMscope.Spc.Explanations;

/// <summary>By how much the level of a process moved, each with a 90 % interval.</summary>
/// <param name="InSigma">In standard deviations of the baseline.</param>
/// <param name="InUnit">In the unit of the data, from the centre line.</param>
/// <param name="InPercent">Of the centre line; not numbers where it is zero.</param>
public sealed record LevelShift(Estimate InSigma, Estimate InUnit, Estimate InPercent)
{
    /// <param name="line">The line at a signed number of standard deviations, in data units; it must not decrease.</param>
    internal static LevelShift From(Estimate inSigma, Func<double, double> line)
    {
        var centre = line(0);
        var inUnit = inSigma.Map(sigmas => line(sigmas) - centre);
        return new LevelShift(inSigma, inUnit, centre == 0 ? Estimate.None : inUnit.Map(shift => 100 * shift / Math.Abs(centre)));
    }
}
