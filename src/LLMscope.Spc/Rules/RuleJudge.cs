using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LLMscope.Spc.Rules;

/// <summary>
/// The eight Nelson rules for one set of lines. It remembers nothing itself: any number of charts and threads share it, and each chart keeps a
/// <see cref="RunMemory"/>. A signal does not reset anything: each point is judged on its own window.
/// </summary>
/// <remarks>
/// Nelson, Journal of Quality Technology 16(4), 1984, 237-239. Beyond a line is strict, within is its exact complement, a value on the centre
/// line is on neither side, equal neighbours are no step, and in R5 and R6 the judged point itself lies beyond the line.
/// A point is compared with all lines at once. Six of the rules ask how long something has lasted, so that their runs are counted
/// side by side in the bytes of one vector; R5 and R6 look back at the last four points. No branch depends on the data.
/// </remarks>
public sealed class RuleJudge
{
    // The bits of a comparison: above a line in the low byte and below it in the high one, in the order of the rules that own the lines.
    private const uint Step = 1 << 2;         // R3 compares with the point before
    private const uint Plain = 0x8707;        // R1 to R3 on both sides, and below the lower line of R8
    private const uint TwoOfThree = 0x1010;   // R5
    private const uint FourOfFive = 0x2020;   // R6
    private const uint Within = 1 << 6;       // R7
    private const uint Outside = 1 << 7;      // R8 on either side
    private const uint AboveOutside = 1 << 14; // R8 above; its byte counts the points above alone
    private const uint DirectedDown = 0x37;   // all but R4, R7 and R8

    private readonly Vector512<double> _upper;
    private readonly Vector512<double> _lower;
    private readonly Vector128<byte> _lengths;
    private readonly uint _enabled;
    private readonly bool _breaks;

    /// <param name="limits">Lines looked up at the widths of the same parameters.</param>
    /// <param name="enabled">Those of the eight that may signal; detectors among them are not judged here.</param>
    public RuleJudge(
        RuleLimits limits, RuleSet enabled = RuleSet.All, RuleParameters? parameters = null, MissingPolicy missing = MissingPolicy.Skip)
    {
        parameters ??= RuleParameters.Default;
        _upper = Vector512.Create(
            limits.Upper1, limits.Centre, double.NaN, double.NaN, limits.Upper5, limits.Upper6, limits.Upper7, limits.Upper8);
        _lower = Vector512.Create(
            limits.Lower1, limits.Centre, double.NaN, double.NaN, limits.Lower5, limits.Lower6, limits.Lower7, limits.Lower8);

        // Points for R2, steps for R3, pairs of steps for R4. What needs no run is one that violates at once.
        byte steps = (byte)(parameters.N3 - 1), mixture = (byte)parameters.N8;
        _lengths = Vector128.Create(
            1, (byte)parameters.N2, steps, (byte)(parameters.N4 - 2), 1, 1, (byte)parameters.N7, mixture,
            1, (byte)parameters.N2, steps, byte.MaxValue, 1, 1, mixture, mixture);
        _enabled = (uint)(enabled & RuleSet.All);
        _breaks = missing == MissingPolicy.Break;
    }

    /// <summary>Takes the next point of the segment and says which enabled rules it violates.</summary>
    /// <param name="memory">What the rules remember of the points before; it takes in this one.</param>
    /// <param name="value">The plotted statistic in data units; not a number means missing.</param>
    public RuleSignals Judge(ref RunMemory memory, double value)
    {
        if (double.IsNaN(value))
        {
            if (_breaks)
                memory = default;
            return default;
        }

        var sides = Sides(value, memory.Previous);
        var runs = Lengthened(memory.Runs, Conditions(sides, memory.Sides));
        memory.Previous = value;
        memory.Sides = (memory.Sides << 16) | sides;
        memory.Runs = runs;

        var full = Vector128.Equals(runs, _lengths).ExtractMostSignificantBits();
        var downward = (full >> 8) & DirectedDown & _enabled;

        // R8 is a run outside the zone that is not one above it or below it alone.
        var oneSided = ((full >> 7) | (full >> 8)) & Outside;
        return new RuleSignals((RuleSet)((full & _enabled & ~oneSided) | downward), (RuleSet)downward);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Sides(double value, double previous)
    {
        var point = Vector512.Create(value);
        var above = Vector512.GreaterThan(point, _upper).ExtractMostSignificantBits();
        var below = Vector512.LessThan(point, _lower).ExtractMostSignificantBits();
        var step = (value > previous ? Step : 0) | (value < previous ? Step << 8 : 0);
        return (uint)(above | (below << 8)) | step;
    }

    /// <summary>Which of the runs go on with this point, one bit each in the order of their bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Conditions(uint now, ulong before)
    {
        uint one = (uint)before, two = (uint)(before >> 16), three = (uint)(before >> 32), four = (uint)(before >> 48);
        var oneOfTwo = one | two;
        var threeOfFour = (one & two & (three | four)) | (three & four & oneOfTwo);
        var either = now | (now >> 8);
        var turn = ((now & (one >> 8)) | ((now >> 8) & one)) & Step;
        return (now & Plain)
            | (now & oneOfTwo & TwoOfThree)
            | (now & threeOfFour & FourOfFive)
            | (turn << 1)
            | ((either ^ Within) & (Within | Outside))
            | ((now << 7) & AboveOutside);
    }

    /// <summary>Counts the runs that go on, and ends the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Lengthened(Vector128<byte> runs, uint conditions)
    {
        var bits = Vector128.Create(0x8040201008040201, 0x8040201008040201).AsByte();
        var spread = Vector128.Shuffle(
            Vector128.CreateScalarUnsafe(conditions).AsByte(), Vector128.Create((byte)0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
        var goesOn = Vector128.Equals(spread & bits, bits);
        return Vector128.Min(runs - goesOn, _lengths) & goesOn;
    }
}
