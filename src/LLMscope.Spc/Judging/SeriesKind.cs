namespace LLMscope.Spc.Judging;

/// <summary>What a chart plots and how its limits come about.</summary>
public enum SeriesKind : byte
{
    /// <summary>Each value for itself.</summary>
    Individuals,

    /// <summary>Means of subgroups, limits from their ranges.</summary>
    XbarR,

    /// <summary>Means of subgroups, limits from their standard deviations.</summary>
    XbarS,

    /// <summary>Ranges of subgroups.</summary>
    R,

    /// <summary>Standard deviations of subgroups.</summary>
    S,

    /// <summary>The proportion of units with an event.</summary>
    P,

    /// <summary>The number of units with an event, in subgroups of one size.</summary>
    Np,

    /// <summary>The number of events in points of one size.</summary>
    C,

    /// <summary>Events for each unit of exposure.</summary>
    U,

    /// <summary>Laney's p'.</summary>
    PPrime,

    /// <summary>Laney's u'.</summary>
    UPrime,

    /// <summary>Units between two events.</summary>
    G,

    /// <summary>Time between two events.</summary>
    T,

    /// <summary>The moving average of individual values.</summary>
    Ewma,

    /// <summary>The cumulative sums of individual values.</summary>
    Cusum,
}
