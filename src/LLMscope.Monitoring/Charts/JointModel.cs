using LLMscope.Spc.Multivariate;

namespace LLMscope.Monitoring.Charts;

/// <summary>The frozen mean and covariance of a joint chart.</summary>
/// <param name="Characteristics">By name, in the order of the numbers.</param>
/// <param name="Mean">Each on its own transformed scale.</param>
/// <param name="Covariance">Row after row.</param>
public sealed record JointModel(
    IReadOnlyList<string> Characteristics, int Count, CovarianceEstimator Estimator, IReadOnlyList<double> Mean, IReadOnlyList<double> Covariance)
{
    internal MultivariateBaseline Baseline() => MultivariateBaseline.Kept(Count, Estimator, Mean, Covariance);
}
