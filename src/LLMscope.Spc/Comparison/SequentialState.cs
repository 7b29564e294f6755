namespace LLMscope.Spc.Comparison;

/// <summary>What a sequential comparison remembers; its default is the moment of the deploy.</summary>
/// <param name="Points">Scores taken in. It stays as it was when the verdict fell.</param>
/// <param name="Sum">Of those scores.</param>
/// <param name="LogEvidence">The largest logarithm of the likelihood ratio against no change so far; never negative.</param>
public readonly record struct SequentialState(int Points, double Sum, double LogEvidence, SequentialVerdict Verdict)
{
    public double Mean => Sum / Points;

    /// <summary>Valid at whatever point one looks: below alpha in at most a share alpha of all deploys that change nothing.</summary>
    public double P => Math.Exp(-LogEvidence);
}
