namespace LLMscope.Spc.Individuals;

/// <summary>How centre and sigma are taken from the values of a baseline.</summary>
public enum BaselineEstimator : byte
{
    /// <summary>Median and Gini's mean difference after a bounded screening for outliers: for measured data.</summary>
    Robust,

    /// <summary>Mean and mean moving range without screening, as textbooks print it: for comparison with them.</summary>
    MovingRange,
}
