using System.Runtime.Intrinsics;

namespace LLMscope.Spc.Rules;

/// <summary>
/// What the rules remember of a segment: 32 bytes without references, to be held for each chart, copied, stored and restored. The default is the
/// start of a segment. It is a function of the segment's last <see cref="RuleParameters.LongestWindow"/> points and of the chart's lines.
/// </summary>
public record struct RunMemory
{
    // The complement of the last point's bits: all zero stands for not a number, so that the default has no last point.
    private ulong _previous;

    /// <summary>Which lines each of the last four points was beyond, sixteen bits a point, the newest lowest.</summary>
    private ulong _sides;

    /// <summary>How many points in a row each run has lasted, at most as many as violate its rule.</summary>
    private Vector128<byte> _runs;

    /// <summary>Not a number at the start of a segment.</summary>
    internal double Previous
    {
        readonly get => BitConverter.UInt64BitsToDouble(~_previous);
        set => _previous = ~BitConverter.DoubleToUInt64Bits(value);
    }

    internal ulong Sides
    {
        readonly get => _sides;
        set => _sides = value;
    }

    internal Vector128<byte> Runs
    {
        readonly get => _runs;
        set => _runs = value;
    }
}
