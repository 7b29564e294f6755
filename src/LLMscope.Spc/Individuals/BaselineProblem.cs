namespace LLMscope.Spc.Individuals;

/// <summary>Why values give no control limits; <see cref="None"/> where they do.</summary>
public enum BaselineProblem : byte
{
    None,

    /// <summary>Fewer usable values than <see cref="IndividualsBaseline.FewestValues"/>.</summary>
    TooFewValues,

    /// <summary>All values are the same, so there is nothing to measure a deviation with.</summary>
    NoVariation,

    /// <summary>A logarithm was asked for and a value is zero or negative.</summary>
    NonPositiveValue,

    /// <summary>A value is infinite, or values lie so far apart that their spread is.</summary>
    InfiniteValue,
}
