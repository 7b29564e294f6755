namespace LLMscope.Spc.Multivariate;

/// <summary>How a multivariate exponentially weighted moving average (MEWMA) weighs and judges.</summary>
public sealed record MewmaParameters
{
    /// <param name="lambda">How much the newest observation counts, in (0, 1].</param>
    /// <param name="limit">What T2 of the averages must exceed to signal, often called h4.</param>
    public MewmaParameters(double lambda, double limit)
    {
        if (!(lambda is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "The newest observation counts more than nothing and at most 1.");
        if (!(limit > 0 && double.IsFinite(limit)))
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "The limit is finite and above 0.");

        (Lambda, Limit) = (lambda, limit);
    }

    public double Lambda { get; }

    public double Limit { get; }
}
