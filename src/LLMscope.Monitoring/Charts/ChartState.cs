namespace LLMscope.Monitoring.Charts;

public enum ChartState : byte
{
    /// <summary>No point yet.</summary>
    Empty = 0,

    /// <summary>Points are collected for a baseline; nothing is judged yet.</summary>
    CollectingBaseline = 1,

    /// <summary>Judged, and no violation is open.</summary>
    InControl = 2,

    /// <summary>A violation is open.</summary>
    OutOfControl = 3,

    /// <summary>Points are kept without judgement.</summary>
    Recording = 4,

    /// <summary>No point for longer than the chart's largest gap: neither in control nor out of it.</summary>
    NoData = 5,
}
