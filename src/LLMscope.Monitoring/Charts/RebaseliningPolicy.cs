namespace LLMscope.Monitoring.Charts;

/// <summary>What happens once a process has settled at another level, or was changed on purpose. Limits never move by themselves unless someone chose so.</summary>
public enum RebaseliningPolicy : byte
{
    /// <summary>A new baseline is proposed with its reason, and someone accepts it or not.</summary>
    Propose = 0,

    /// <summary>Nothing is proposed.</summary>
    Manual = 1,

    /// <summary>After so many points at the new level it becomes the baseline, with a mark in the chart.</summary>
    Automatic = 2,
}
