namespace LLMscope.Spc.Comparison;

/// <summary>
/// Compares the scores after a deploy with the baseline, point by point, and may be looked at after every one of them: in at most a share
/// <see cref="Alpha"/> of the deploys that change nothing it ever says worse or better. Takes no memory but <see cref="SequentialState"/>.
/// </summary>
/// <remarks>
/// The mixture sequential probability ratio test for the mean of normal scores: Robbins, Annals of Mathematical Statistics 41(5), 1970, 1397-1409;
/// Johari, Koomen, Pekelis and Walsh, Operations Research 70(3), 2022, 1806-1821. The baseline's own mean is uncertain too: n scores against m
/// of the baseline tell as much as n m / (n + m) against a known mean, and stay a Brownian motion in that information.
/// The numbers hold for independent scores of standard deviation 1; <see cref="LongRunVariance"/> allows for dependence and another spread.
/// </remarks>
public sealed record SequentialComparison
{
    /// <summary>The accepted share of false verdicts, in (0, 1).</summary>
    public double Alpha
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A share of errors lies between 0 and 1.");
    } = 0.01;

    /// <summary>The least change of the mean that matters, in standard deviations of the baseline.</summary>
    public double MinimumEffect { get; init => field = Positive(value); } = 0.25;

    /// <summary>
    /// The standard deviation of the changes that the mixture expects, in standard deviations of the baseline. The error rate holds for every choice;
    /// changes of about this size are found soonest.
    /// </summary>
    public double ExpectedEffect { get; init => field = Positive(value); } = 0.5;

    /// <summary>The points that the baseline was estimated from; infinite for a mean that is known.</summary>
    public double BaselinePoints
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A baseline holds points.");
    } = double.PositiveInfinity;

    /// <summary>The variance of the sum of many in-control scores, per score: 1 for independent ones, (1 + a) / (1 - a) for an autoregression.</summary>
    public double LongRunVariance { get; init => field = Positive(value); } = 1;

    /// <summary>True for latency and errors, false for throughput and quality.</summary>
    public bool HigherIsWorse { get; init; } = true;

    /// <summary>Takes the next score. A verdict once given stays.</summary>
    /// <param name="score">In standard deviations from the baseline's centre; not a number means missing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is infinite.</exception>
    public SequentialState Next(SequentialState state, double score)
    {
        if (double.IsInfinity(score))
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score is a finite number.");
        if (double.IsNaN(score) || state.Verdict != SequentialVerdict.Undecided)
            return state;

        var next = state with { Points = state.Points + 1, Sum = state.Sum + score };
        next = next with { LogEvidence = Math.Max(state.LogEvidence, LogLikelihoodRatio(next)) };
        return next with { Verdict = Judge(next) };
    }

    /// <summary>The change of the mean in standard deviations, with an interval that holds the true one at all points at once.</summary>
    public Estimate Effect(SequentialState state)
    {
        if (state.Points == 0)
            return new Estimate(double.NaN, double.NegativeInfinity, double.PositiveInfinity);

        var information = Information(state.Points);
        var mixed = Mixed(information);
        var spread = Math.Sqrt(mixed * ((2 * Math.Log(1 / Alpha)) + Math.Log(mixed))) / (information * ExpectedEffect);
        return new Estimate(state.Mean, state.Mean - spread, state.Mean + spread);
    }

    private SequentialVerdict Judge(SequentialState state)
    {
        var effect = Effect(state);
        if (effect.LiesWithin(-MinimumEffect, MinimumEffect))
            return SequentialVerdict.NoRelevantChange;
        if (!effect.Excludes(0) || Math.Abs(effect.Value) < MinimumEffect)
            return SequentialVerdict.Undecided;

        return effect.Value > 0 == HigherIsWorse ? SequentialVerdict.Worse : SequentialVerdict.Better;
    }

    private double LogLikelihoodRatio(SequentialState state)
    {
        var information = Information(state.Points);
        var mixed = Mixed(information);
        var distance = information * state.Mean * ExpectedEffect;
        return (distance * distance / (2 * mixed)) - (Math.Log(mixed) / 2);
    }

    /// <summary>The reciprocal of the variance of the difference of the means.</summary>
    private double Information(int points) => 1 / ((1.0 / points) + (1 / BaselinePoints)) / LongRunVariance;

    private double Mixed(double information) => 1 + (information * ExpectedEffect * ExpectedEffect);

    private static double Positive(double value)
        => value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "It is a positive number.");
}
