namespace LLMscope.Spc.Multivariate;

/// <summary>Why observations give no multivariate baseline; <see cref="None"/> where they do.</summary>
public enum MultivariateProblem : byte
{
    None,

    /// <summary>Fewer usable observations than variables and two.</summary>
    TooFewObservations,

    /// <summary>A value is infinite.</summary>
    InfiniteValue,

    /// <summary>A variable has the same value in all observations.</summary>
    NoVariation,

    /// <summary>A variable follows from the ones before it, such as a total beside its parts.</summary>
    DependentVariable,
}
