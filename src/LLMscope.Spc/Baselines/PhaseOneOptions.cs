using LLMscope.Spc.Individuals;

namespace LLMscope.Spc.Baselines;

/// <summary>What the user decides of the analysis of a baseline; the rest is chosen from its values, with reasons.</summary>
public sealed record PhaseOneOptions
{
    public static PhaseOneOptions Default { get; } = new();

    public TransformChoice Transform { get; init; }

    /// <summary>The scale of normal scores; null to choose.</summary>
    public Transform? Scale { get; init; }

    public PredictorChoice Predictor { get; init; }

    /// <summary>How a straight curve takes centre and sigma; normal scores need neither.</summary>
    public BaselineEstimator Estimator { get; init; }

    /// <summary>Whether incidents and changes within the baseline are left out. A textbook's chart takes all.</summary>
    public bool Screens { get; init; } = true;

    /// <summary>The least standard deviation that is believed, on the transformed scale; below it limits are drawn as for this one.</summary>
    public double SigmaFloor { get; init; }
}

/// <summary>From values to scores.</summary>
public enum TransformChoice : byte
{
    /// <summary>Normal scores where there are enough values, otherwise the logarithm of skewed positive ones.</summary>
    Auto,

    /// <summary>A straight line on the values' own scale.</summary>
    None,

    /// <summary>A straight line on the logarithm.</summary>
    Log,

    /// <summary>Empirical normal scores with Pareto tails.</summary>
    Scores,
}

/// <summary>What lets expect a point before it is judged.</summary>
public enum PredictorChoice : byte
{
    /// <summary>Tokens where they are known and explain, the time of day in a baseline of three days, an autoregression or an average where neighbours resemble each other.</summary>
    Auto,

    None,

    /// <summary>The exponentially weighted moving average of the points before.</summary>
    Ewma,

    /// <summary>An autoregression on the last points.</summary>
    Ar,

    /// <summary>The regression on tokens, and whatever forecast its residuals need.</summary>
    Tokens,

    /// <summary>The time of day, and whatever forecast its residuals need.</summary>
    TimeOfDay,
}
