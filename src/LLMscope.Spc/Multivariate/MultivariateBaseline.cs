using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Multivariate;

/// <summary>
/// The frozen mean and covariance of several variables that are charted together, for Hotelling's T2 and for MEWMA.
/// Where <see cref="Problem"/> is not <see cref="MultivariateProblem.None"/> there is neither, and asking for a T2 is refused.
/// </summary>
/// <remarks>
/// Montgomery, Introduction to Statistical Quality Control, 7th ed., section 11.3; Tracy, Young and Mason, Journal of Quality Technology 24(2),
/// 1992, 88-95; successive differences: Sullivan and Woodall, the same journal 28(4), 1996, 398-408, and Williams, Woodall, Birch and
/// Sullivan, 38(3), 2006, 217-229.
/// </remarks>
public sealed record MultivariateBaseline
{
    // Of S, row after row; kept to itself so that nothing can change it.
    private readonly double[] _inverse;

    internal MultivariateBaseline(
        int variables, int count, CovarianceEstimator estimator, double[] mean, double[] covariance, double[] inverse)
    {
        (Variables, Count, Estimator, _inverse) = (variables, count, estimator, inverse);
        (Mean, Covariance) = (Array.AsReadOnly(mean), Array.AsReadOnly(covariance));
    }

    internal MultivariateBaseline(int variables, int count, CovarianceEstimator estimator, MultivariateProblem problem, int? variable)
        : this(variables, count, estimator, [], [], [])
        => (Problem, ProblemVariable) = (problem, variable);

    public int Variables { get; }

    /// <summary>How many complete observations the baseline was estimated from.</summary>
    public int Count { get; }

    public CovarianceEstimator Estimator { get; }

    public IReadOnlyList<double> Mean { get; }

    /// <summary>Row after row.</summary>
    public IReadOnlyList<double> Covariance { get; }

    public MultivariateProblem Problem { get; }

    /// <summary>The index of the variable that a problem is about, where it is about one.</summary>
    public int? ProblemVariable { get; }

    public bool HasLimits => Problem == MultivariateProblem.None;

    /// <summary>Estimates a baseline from observations that were good, in the order of their time.</summary>
    /// <param name="observations">A row each, a column for each variable. Rows with a missing value (not a number) are left out.</param>
    public static MultivariateBaseline Estimate(double[,] observations, CovarianceEstimator estimator = CovarianceEstimator.Sample)
        => MultivariateEstimation.Estimate(observations, estimator);

    /// <summary>A baseline that was estimated before and kept.</summary>
    /// <param name="covariance">Row after row.</param>
    public static MultivariateBaseline Kept(int count, CovarianceEstimator estimator, IReadOnlyList<double> mean, IReadOnlyList<double> covariance)
        => MultivariateEstimation.Kept(count, estimator, [.. mean], [.. covariance]);

    /// <summary>Hotelling's T2 of an observation, or not a number where one of its values is missing.</summary>
    public double T2(ReadOnlySpan<double> observation)
    {
        Span<double> centred = stackalloc double[observation.Length];
        Centre(observation, centred);
        return Squared(centred);
    }

    /// <summary>
    /// How much each variable adds to T2: T2 less the T2 of the other variables. It is small for a variable that does as the others make expect.
    /// </summary>
    /// <remarks>Runger, Alt and Montgomery, Communications in Statistics: Theory and Methods 25, 1996, 2203-2213.</remarks>
    /// <param name="contributions">As many places as there are variables. They need not sum to T2.</param>
    public void Contributions(ReadOnlySpan<double> observation, Span<double> contributions)
    {
        Span<double> centred = stackalloc double[observation.Length];
        Centre(observation, centred);
        ContributionsOfCentred(centred, contributions);
    }

    /// <summary>
    /// The upper limit of T2 for the observations of the baseline itself: exact for the sample covariance; for successive differences chi-squared,
    /// which fits all but the first and the last observation where there are more than p^2 + 3p.
    /// </summary>
    /// <param name="alpha">The probability of a false alarm at one observation, in (0, 1).</param>
    public double PhaseOneLimit(double alpha)
    {
        RequireLimits();
        double p = Variables, m = Count;
        return Estimator == CovarianceEstimator.Sample
            ? (m - 1) * (m - 1) / m * Beta.InvCDF(p / 2, (m - p - 1) / 2, 1 - alpha)
            : ChiSquared.InvCDF(p, 1 - alpha);
    }

    /// <summary>
    /// The upper limit of T2 for new observations, or for their moving averages once these are in their steady state: exact for the sample covariance, close
    /// for the other.
    /// </summary>
    /// <param name="lambda">How much the newest observation counts in an average; 1 for the observation itself.</param>
    /// <inheritdoc cref="PhaseOneLimit"/>
    public double PhaseTwoLimit(double alpha, double lambda = 1)
    {
        RequireLimits();
        return WidthOfF(lambda) * FisherTail.Quantile(Variables, Freedom - Variables + 1, alpha);
    }

    /// <summary>The probability with which T2 is beyond a limit while the process is in control, over all baselines of this size.</summary>
    /// <inheritdoc cref="PhaseTwoLimit"/>
    public double PhaseTwoTail(double limit, double lambda = 1)
    {
        RequireLimits();
        return FisherTail.Exceeds(Variables, Freedom - Variables + 1, limit / WidthOfF(lambda));
    }

    // For differences as many degrees of freedom as give the variance that they have.
    private double Freedom => Estimator == CovarianceEstimator.Sample ? Count - 1 : 2.0 * (Count - 1) * (Count - 1) / ((3 * Count) - 4);

    // T2 is so many times F: what is unknown of the mean adds 1/m to the variance, which is lambda / (2 - lambda) for an average.
    private double WidthOfF(double lambda) => Variables * (1 + ((2 - lambda) / (lambda * Count))) * Freedom / (Freedom - Variables + 1);

    internal void Centre(ReadOnlySpan<double> observation, Span<double> centred)
    {
        RequireLimits();
        if (observation.Length != Variables)
            throw new ArgumentException($"An observation has {Variables} values, not {observation.Length}.", nameof(observation));
        for (var i = 0; i < centred.Length; i++)
            centred[i] = observation[i] - Mean[i];
    }

    internal double Squared(ReadOnlySpan<double> centred)
    {
        double sum = 0;
        for (var i = 0; i < centred.Length; i++)
            sum += centred[i] * Weighted(i, centred);
        return sum;
    }

    // With b = S^-1 d, deleting variable j from d and S takes b_j^2 / (S^-1)_jj from T2.
    internal void ContributionsOfCentred(ReadOnlySpan<double> centred, Span<double> contributions)
    {
        if (contributions.Length != Variables)
            throw new ArgumentException($"There are {Variables} contributions, not {contributions.Length}.", nameof(contributions));
        for (var i = 0; i < centred.Length; i++)
        {
            var weighted = Weighted(i, centred);
            contributions[i] = weighted * weighted / _inverse[(i * Variables) + i];
        }
    }

    private double Weighted(int row, ReadOnlySpan<double> centred)
    {
        double sum = 0;
        for (var j = 0; j < centred.Length; j++)
            sum += _inverse[(row * Variables) + j] * centred[j];
        return sum;
    }

    private void RequireLimits()
    {
        if (!HasLimits)
            throw new InvalidOperationException($"The baseline has no limits: {Problem}.");
    }
}
