using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Explanations;

/// <summary>What one signal means: what the rule looks for, how seldom chance alone makes it, when the change began and how large it is.</summary>
/// <remarks>
/// A signal is raised because the last points lie far out, so a size that is estimated right then tends to be too large: simulated at the first signal of
/// R1, R2, R5 and R6, the 90 % interval holds a shift of one standard deviation in 82 % and one of two in 90 %, and the set of starts the true one in 90 and 96 %.
/// </remarks>
public sealed record SignalExplanation
{
    /// <summary>The single rule that was violated.</summary>
    public required RuleSet Rule { get; init; }

    public required RuleWindow Window { get; init; }

    /// <summary>The rule with its numbers, from <see cref="RuleText"/>.</summary>
    public required string Title { get; init; }

    /// <summary>What a violation suggests about the process.</summary>
    public required string Meaning { get; init; }

    public required Rarity Rarity { get; init; }

    public required ChangeStart Start { get; init; }

    /// <summary>Null for the rules that have no side: R4, R7 and R8.</summary>
    public required LevelShift? Shift { get; init; }

    /// <summary>
    /// The standard deviation since the start over that of the baseline, with a 90 % interval: for R4, R7 and R8, null for the others.
    /// </summary>
    public required Estimate? SpreadRatio { get; init; }

    /// <param name="rule">A single rule.</param>
    /// <param name="window">What the rule looked at, in indices of the scores; it ends at the last of them.</param>
    /// <param name="direction">The side of the signal.</param>
    /// <param name="scores">
    /// From the beginning of the segment to the judged point, in standard deviations from the baseline's centre; not a number means missing.
    /// </param>
    /// <param name="line">The line at a signed number of standard deviations, in data units; it must not decrease.</param>
    /// <param name="sinceCusumZero">The point after the one at which a CUSUM of the same scores was last at zero.</param>
    /// <exception cref="ArgumentException">A score is infinite, or the window does not end at the last score.</exception>
    public static SignalExplanation Of(
        RuleSet rule, RuleWindow window, Direction direction, ReadOnlySpan<double> scores, Func<double, double> line,
        RuleParameters? parameters = null, int? sinceCusumZero = null)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(line);
        if (window.First < 0 || window.Last != scores.Length - 1)
            throw new ArgumentException("The window ends at the last score.", nameof(window));

        var (present, indices) = Present(scores);
        var undirected = (rule & RuleSets.Undirected) != RuleSet.None;
        var length = present.Length - indices.AsSpan().IndexOf(window.First);
        var (start, size) = undirected ? SpreadSearch.Find(present, indices, length) : ShiftSearch.Find(present, indices, direction);
        return new SignalExplanation
        {
            Rule = rule,
            Window = window,
            Title = RuleText.Title(rule, parameters),
            Meaning = RuleText.Meaning(rule),
            Rarity = Rarity.Of(rule, parameters),
            Start = start with { SinceCusumZero = sinceCusumZero },
            Shift = undirected ? null : LevelShift.From(size, line),
            SpreadRatio = undirected ? size : null,
        };
    }

    private static (double[] Scores, int[] Indices) Present(ReadOnlySpan<double> scores)
    {
        var indices = new List<int>(scores.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            if (double.IsInfinity(scores[i]))
                throw new ArgumentException("A score is a finite number.", nameof(scores));
            if (!double.IsNaN(scores[i]))
                indices.Add(i);
        }

        var present = new double[indices.Count];
        for (var i = 0; i < present.Length; i++)
            present[i] = scores[indices[i]];
        return (present, [.. indices]);
    }
}
