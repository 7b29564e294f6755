namespace LLMscope.Spc.RunLengths;

/// <summary>What the rules see of a point that lies between two neighbouring lines: where it is, not its value.</summary>
internal readonly record struct ZoneOfPoint(double Lower, double Upper)
{
    private double Middle => double.IsNegativeInfinity(Lower) ? Upper - 1 : double.IsPositiveInfinity(Upper) ? Lower + 1 : (Lower + Upper) / 2;

    /// <summary>1 above the line at +k, -1 below the line at -k, 0 between them.</summary>
    public int Beyond(double k) => Middle > k ? 1 : Middle < -k ? -1 : 0;
}
