using LLMscope.Spc.Multivariate;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Judging;

/// <summary>Charts of several characteristics at once: their baseline, the limit for the false alarms one is willing to answer, and what it announces.</summary>
public static class JointFit
{
    public const int FewestVariables = 2;

    /// <summary>The run length of a MEWMA is tried with so many.</summary>
    public const int MostVariables = 20;

    /// <summary>How much the newest observation counts in a MEWMA unless someone chooses.</summary>
    public const double UsualLambda = 0.1;

    /// <summary>The average run length of three standard deviations, 1 / 0.0027: that of a chart without a budget.</summary>
    public const double ClassicPoints = 370.39834734495;

    // A covariance from fewer rows widens the limit of T2 by more than this share.
    private const double WideLimit = 1.1;

    /// <param name="observations">A row each, a column for each variable; rows with a missing value (not a number) are left out.</param>
    /// <returns>Null where <paramref name="problem"/> says why not, and <paramref name="column"/> of which, where it is about one.</returns>
    public static MultivariateBaseline? Of(double[,] observations, CovarianceEstimator estimator, out string problem, out int? column)
    {
        var baseline = MultivariateBaseline.Estimate(observations, estimator);
        (problem, column) = (Text(baseline), baseline.ProblemVariable);
        return baseline.HasLimits ? baseline : null;
    }

    /// <summary>The numbers with which a chart of new observations in control has an average run length.</summary>
    /// <param name="points">The average run length, above 2.</param>
    /// <param name="lambda">Of a MEWMA.</param>
    /// <remarks>
    /// The limit is widened for what the baseline leaves unknown: as many points lie beyond it, over all baselines of this size, as beyond the limit for a known mean
    /// and covariance. For T2 that makes the false alarms exactly those asked for; for a MEWMA, whose run length is solved for known ones, about.
    /// </remarks>
    public static MewmaParameters For(JointKind kind, MultivariateBaseline baseline, double points, double lambda)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return kind == JointKind.T2
            ? new MewmaParameters(1, baseline.PhaseTwoLimit(1 / points))
            : new MewmaParameters(lambda, baseline.PhaseTwoLimit(Tail(baseline.Variables, MewmaDesign.LimitFor(points, baseline.Variables, lambda)), lambda));
    }

    /// <summary>The average run length where mean and covariance are exactly those of the process.</summary>
    public static double MeanRunLength(int variables, MewmaParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Lambda == 1
            ? 1 / Tail(variables, parameters.Limit)
            : MewmaRunLength.Mean(variables, parameters);
    }

    /// <summary>The probability of a false alarm at a point of T2 over all baselines of this size; null where it is not known, as of a MEWMA.</summary>
    public static double? FalseAlarmAtAPoint(MultivariateBaseline baseline, MewmaParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Lambda == 1 ? baseline.PhaseTwoTail(parameters.Limit) : null;
    }

    /// <summary>The T2 that half of the points in control exceed, over all baselines of this size.</summary>
    public static double Median(MultivariateBaseline baseline, MewmaParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(parameters);
        return baseline.PhaseTwoLimit(0.5, parameters.Lambda);
    }

    /// <summary>The observations of a baseline that lie beyond the limit of one false finding in twenty such baselines.</summary>
    public static IReadOnlyList<int> Outlying(MultivariateBaseline baseline, double[,] observations)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(observations);
        var limit = baseline.PhaseOneLimit(0.05 / baseline.Count);
        var row = new double[baseline.Variables];
        var outlying = new List<int>();
        for (var index = 0; index < observations.GetLength(0); index++)
        {
            for (var column = 0; column < row.Length; column++)
                row[column] = observations[index, column];
            if (baseline.T2(row) > limit)
                outlying.Add(index);
        }

        return outlying;
    }

    /// <summary>What makes the limit less useful than it could be, a sentence; null where nothing does.</summary>
    /// <param name="lambda">Of a MEWMA; 1 for T2.</param>
    public static string? WarningOf(MultivariateBaseline baseline, double lambda)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        var wider = baseline.PhaseTwoLimit(1 / ClassicPoints, lambda) / ChiSquared.InvCDF(baseline.Variables, 1 - (1 / ClassicPoints));
        return wider <= WideLimit ? null
            : $"Mean and covariance come from {baseline.Count} points, which widens the limit by {(wider - 1) * 100:0} %; with more it would see smaller changes.";
    }

    private static double Tail(int variables, double limit) => SpecialFunctions.GammaUpperRegularized(variables / 2.0, limit / 2);

    private static string Text(MultivariateBaseline baseline) => baseline.Problem switch
    {
        MultivariateProblem.None => "",
        MultivariateProblem.TooFewObservations =>
            $"has {baseline.Count} complete rows; limits of {baseline.Variables} characteristics take at least {MultivariateEstimation.Fewest(baseline.Variables, baseline.Estimator)}",
        MultivariateProblem.InfiniteValue => "has an infinite value",
        MultivariateProblem.NoVariation => "has the same value in all rows, so nothing tells how far it may stray",
        MultivariateProblem.DependentVariable => "follows from the characteristics before it, such as a total beside its parts, so their covariance is singular: leave one out",
        _ => throw new ArgumentOutOfRangeException(nameof(baseline), baseline.Problem, "Not a problem of several characteristics."),
    };
}
