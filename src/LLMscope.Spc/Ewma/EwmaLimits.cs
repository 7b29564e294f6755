namespace LLMscope.Spc.Ewma;

/// <summary>Which control limits an exponentially weighted moving average is judged by.</summary>
public enum EwmaLimits : byte
{
    /// <summary>As narrow as the first averages are steady, so that a shift at the start is seen.</summary>
    Exact,

    /// <summary>Those of the steady state from the first point on.</summary>
    Fixed,
}
