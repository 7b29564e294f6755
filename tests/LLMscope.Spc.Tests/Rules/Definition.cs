namespace LLMscope.Spc.Tests.Rules;

/// <summary>
/// The definitions of the rules with a handle at every place where an implementation could go wrong. As it stands it is exact; a fault is
/// a definition with one handle turned.
/// </summary>
internal sealed record Definition
{
    public static Definition Exact { get; } = new();

    /// <summary>Whether a value is beyond an upper line, by rule; R2 asks for the centre line and R7 for its complement.</summary>
    public Func<int, double, double, bool> Above { get; init; } = (_, x, line) => x > line;

    public Func<int, double, double, bool> Below { get; init; } = (_, x, line) => x < line;

    /// <summary>The points of a run, by rule.</summary>
    public Func<int, int> Length { get; init; } = rule => rule switch { 2 => 9, 3 => 6, 4 => 14, 5 => 3, 6 => 5, 7 => 15, _ => 8 };

    /// <summary>How many of the window of R5 and R6 are beyond.</summary>
    public Func<int, int> Least { get; init; } = rule => rule == 5 ? 2 : 4;

    /// <summary>The direction of a step: 1 up, -1 down, 0 for a tie.</summary>
    public Func<double, double, int> Step { get; init; } = (from, to) => to > from ? 1 : to < from ? -1 : 0;

    /// <summary>The rules whose sides are counted together.</summary>
    public int[] SidesTogether { get; init; } = [];

    /// <summary>The rules whose last point may lie inside.</summary>
    public int[] LastMayBeInside { get; init; } = [];

    /// <summary>The rules among R5 and R6 that wait for their whole window.</summary>
    public int[] WaitForWindow { get; init; } = [];

    /// <summary>The rules that point the wrong way.</summary>
    public int[] Turned { get; init; } = [];

    /// <summary>The rules that are never judged on the upper or the lower side.</summary>
    public (int Rule, bool Up)[] Missing { get; init; } = [];

    /// <summary>R4 asks for steps across the centre line.</summary>
    public bool AlternationCrossesCentre { get; init; }

    /// <summary>R4 asks only for as many ups as downs.</summary>
    public bool AlternationOnlyCounts { get; init; }

    /// <summary>R8 is content with one side.</summary>
    public bool MixtureOnOneSide { get; init; }

    /// <summary>R8 asks for sides that take turns.</summary>
    public bool MixtureAlternates { get; init; }

    /// <summary>A signal starts the segment afresh.</summary>
    public bool SignalResets { get; init; }

    /// <summary>A break is passed over.</summary>
    public bool IgnoresBreaks { get; init; }

    /// <summary>A break keeps the last value, so that the next point makes a step.</summary>
    public bool BreakKeepsLast { get; init; }

    /// <summary>A missing value that is skipped breaks instead.</summary>
    public bool SkipBreaks { get; init; }

    /// <summary>A missing value that breaks is skipped instead.</summary>
    public bool BreakSkips { get; init; }

    /// <summary>A missing value takes a place in every window.</summary>
    public bool MissingIsAPoint { get; init; }
}
