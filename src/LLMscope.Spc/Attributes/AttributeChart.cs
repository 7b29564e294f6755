namespace LLMscope.Spc.Attributes;

/// <summary>A way to chart events that are counted.</summary>
public enum AttributeChart : byte
{
    /// <summary>A g or t chart: units or time between events.</summary>
    BetweenEvents,

    /// <summary>A p, np, c or u chart with <see cref="AttributeLimits.Exact"/> limits.</summary>
    Exact,

    /// <summary>A p' or u' chart, with <see cref="AttributeLimits.Laney"/> limits.</summary>
    Laney,
}
