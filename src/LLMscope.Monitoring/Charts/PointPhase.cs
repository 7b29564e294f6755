namespace LLMscope.Monitoring.Charts;

/// <summary>What a point was when it was plotted.</summary>
public enum PointPhase : byte
{
    /// <summary>Collected for a baseline (Phase I): no limits judged it.</summary>
    Baseline = 0,

    /// <summary>Judged by the limits of a frozen baseline (Phase II).</summary>
    Judged = 1,

    /// <summary>Plotted on a chart without limits.</summary>
    Recorded = 2,
}
