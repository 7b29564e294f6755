namespace LLMscope.Spc.Tests.Rules;

/// <summary>One way in which an implementation of the rules could be wrong.</summary>
internal sealed record Fault(string Rule, string What, Definition Definition)
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. Boundaries(),
        .. Lengths(),
        .. Sides(),
        .. Windows(),
        new("R3", "a tie counts as a step up", Exact with { Step = (from, to) => to >= from ? 1 : -1 }),
        new("R3", "a tie counts as a step down", Exact with { Step = (from, to) => to > from ? 1 : -1 }),
        new("R3, R4", "steps are turned round", Exact with { Step = (from, to) => to > from ? -1 : to < from ? 1 : 0 }),
        new("R4", "the points must cross the centre line", Exact with { AlternationCrossesCentre = true }),
        new("R4", "as many ups as downs are enough", Exact with { AlternationOnlyCounts = true }),
        new("R8", "one side is enough", Exact with { MixtureOnOneSide = true }),
        new("R8", "the sides must take turns", Exact with { MixtureAlternates = true }),
        new("R2", "minus zero lies below zero", Exact with { Below = (rule, x, line) => x < line || (rule == 2 && x == line && double.IsNegative(x)) }),
        new("all", "a signal starts the segment afresh", Exact with { SignalResets = true }),
        new("all", "a break is passed over", Exact with { IgnoresBreaks = true }),
        new("R3, R4", "a break keeps the last value", Exact with { BreakKeepsLast = true }),
        new("all", "a skipped value breaks", Exact with { SkipBreaks = true }),
        new("all", "a value that breaks is skipped", Exact with { BreakSkips = true }),
        new("all", "a missing value takes a place in the window", Exact with { MissingIsAPoint = true }),
    ];

    private static Definition Exact => Definition.Exact;

    public override string ToString() => $"{Rule}: {What}";

    private static IEnumerable<Fault> Boundaries()
    {
        foreach (var rule in new[] { 1, 2, 5, 6, 7, 8 })
        {
            yield return new($"R{rule}", "a value on the upper line is beyond it", Exact with { Above = (of, x, line) => x > line || (of == rule && x == line) });
            yield return new($"R{rule}", "a value on the lower line is beyond it", Exact with { Below = (of, x, line) => x < line || (of == rule && x == line) });
        }
    }

    private static IEnumerable<Fault> Lengths()
    {
        foreach (var rule in new[] { 2, 3, 4, 7, 8 })
        {
            yield return new($"R{rule}", "one point too many", Exact with { Length = of => Exact.Length(of) + (of == rule ? 1 : 0) });
            yield return new($"R{rule}", "one point too few", Exact with { Length = of => Exact.Length(of) - (of == rule ? 1 : 0) });
        }
    }

    private static IEnumerable<Fault> Sides()
    {
        foreach (var rule in new[] { 1, 2, 3, 5, 6 })
        {
            yield return new($"R{rule}", "up and down are swapped", Exact with { Turned = [rule] });
            yield return new($"R{rule}", "never up", Exact with { Missing = [(rule, true)] });
            yield return new($"R{rule}", "never down", Exact with { Missing = [(rule, false)] });
            if (rule is 2 or 5 or 6)
                yield return new($"R{rule}", "points on both sides count together", Exact with { SidesTogether = [rule] });
        }
    }

    private static IEnumerable<Fault> Windows()
    {
        foreach (var rule in new[] { 5, 6 })
        {
            yield return new($"R{rule}", "the window is one point longer", Exact with { Length = of => Exact.Length(of) + (of == rule ? 1 : 0) });
            yield return new($"R{rule}", "the window is one point shorter", Exact with { Length = of => Exact.Length(of) - (of == rule ? 1 : 0) });
            yield return new($"R{rule}", "one point more must be beyond", Exact with { Least = of => Exact.Least(of) + (of == rule ? 1 : 0) });
            yield return new($"R{rule}", "one point fewer is enough", Exact with { Least = of => Exact.Least(of) - (of == rule ? 1 : 0) });
            yield return new($"R{rule}", "the last point may lie inside", Exact with { LastMayBeInside = [rule] });
            yield return new($"R{rule}", "it waits until its window is full", Exact with { WaitForWindow = [rule] });
        }
    }
}
