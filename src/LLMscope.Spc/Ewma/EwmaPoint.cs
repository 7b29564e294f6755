namespace LLMscope.Spc.Ewma;

/// <summary>The average after a point, its control limits, and the side on which it lies strictly beyond them.</summary>
public readonly record struct EwmaPoint(double Average, double Lower, double Upper, Direction Signal)
{
    /// <summary>The same drawn in data units.</summary>
    public EwmaPoint On(double target, double sigma)
        => new(target + (sigma * Average), target + (sigma * Lower), target + (sigma * Upper), Signal);
}
