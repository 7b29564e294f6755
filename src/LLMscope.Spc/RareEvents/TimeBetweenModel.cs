namespace LLMscope.Spc.RareEvents;

/// <summary>The distribution of the time between events on a t chart.</summary>
public enum TimeBetweenModel : byte
{
    /// <summary>Events that come independently at a constant rate.</summary>
    Exponential,

    /// <summary>Events in clusters (shape below 1) or more regular than chance (above 1).</summary>
    Weibull,
}
