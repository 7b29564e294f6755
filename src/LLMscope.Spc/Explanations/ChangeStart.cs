namespace LLMscope.Spc.Explanations;

/// <summary>When a change probably began.</summary>
/// <param name="Index">The most likely first point of the change.</param>
/// <param name="Candidates">
/// Ascending indices of all points at which it may as well have begun; nine sets of ten hold the true one.
/// </param>
public sealed record ChangeStart(int Index, IReadOnlyList<int> Candidates)
{
    /// <summary>How much less twice the log-likelihood of a candidate may be.</summary>
    /// <remarks>
    /// -2 ln(1 - sqrt(0.9)): the likelihood on either side of the true start is a random walk that falls, whose highest point exceeds x with a probability
    /// of at most e^-x. Siegmund, Confidence sets in change-point problems, International Statistical Review 56(1), 1988, 31-48.
    /// </remarks>
    internal const double Tolerance = 5.9393;

    public int Earliest => Candidates[0];

    public int Latest => Candidates[^1];

    /// <summary>The point after the one at which a CUSUM chart was last at zero, where there is such a chart: a second opinion.</summary>
    public int? SinceCusumZero { get; init; }

    /// <param name="gains">Twice the log-likelihood of a change at each place over that of none.</param>
    /// <param name="indices">Of the places.</param>
    internal static ChangeStart From(ReadOnlySpan<double> gains, ReadOnlySpan<int> indices)
    {
        var best = 0;
        for (var i = 1; i < gains.Length; i++)
        {
            if (gains[i] > gains[best])
                best = i;
        }

        var candidates = new List<int>();
        for (var i = 0; i < gains.Length; i++)
        {
            if (gains[best] - gains[i] <= Tolerance)
                candidates.Add(indices[i]);
        }

        return new ChangeStart(indices[best], candidates);
    }
}
