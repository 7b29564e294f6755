namespace LLMscope.Monitoring.Charts;

/// <summary>What the points of a kind of chart are made of.</summary>
internal enum PointSource : byte
{
    /// <summary>Each sample, or the samples of an interval where the plan has one.</summary>
    Samples,

    /// <summary>The samples of an interval.</summary>
    Subgroups,

    /// <summary>The time from one event to the next; samples without an event are no points, and a long time is no gap.</summary>
    Events,

    /// <summary>The units from one event to the next; samples without an event are counted, and no time is a gap.</summary>
    Units,
}

internal static class PointSources
{
    /// <summary>Whether a point comes with an event.</summary>
    public static bool IsOfEvents(this PointSource source) => source is PointSource.Events or PointSource.Units;
}
