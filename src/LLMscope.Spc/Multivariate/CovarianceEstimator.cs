namespace LLMscope.Spc.Multivariate;

/// <summary>How the covariance of individual observations is estimated.</summary>
public enum CovarianceEstimator : byte
{
    /// <summary>The sample covariance S, with which T2 has exact limits. A lasting shift inside the baseline widens it.</summary>
    Sample,

    /// <summary>From the differences of neighbours, V'V / 2(m - 1): hardly widened by a shift or a trend inside the baseline.</summary>
    SuccessiveDifferences,
}
