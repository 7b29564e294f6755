namespace LLMscope.Monitoring.Charts;

public enum ChartKind : byte
{
    /// <summary>Individual values (or the means of time subgroups) and their moving ranges, judged by the Nelson rules.</summary>
    Individuals = 0,

    /// <summary>The share of units with an event in each time subgroup (p chart), judged by exact binomial limits.</summary>
    Proportion = 1,

    /// <summary>Values that are drawn and kept as context, without limits and without judgement.</summary>
    Record = 2,

    /// <summary>The share of units with an event, with limits widened by the variation between points (Laney's p').</summary>
    ProportionPrime = 3,

    /// <summary>How many units of each time subgroup have the event, in subgroups of one size (np chart).</summary>
    UnitCount = 4,

    /// <summary>How many events there are in each time subgroup (c chart).</summary>
    Count = 5,

    /// <summary>Events for each call in a time subgroup, judged by exact Poisson limits (u chart).</summary>
    Rate = 6,

    /// <summary>Events for each call, with limits widened by the variation between points (Laney's u').</summary>
    RatePrime = 7,

    /// <summary>The time from one event to the next (t chart); short ones are the bad ones.</summary>
    TimeBetween = 8,

    /// <summary>The means of time subgroups and their standard deviations, judged by the spread within subgroups (Xbar-S chart).</summary>
    SubgroupMeansS = 9,

    /// <summary>The means of time subgroups and their ranges, judged by the spread within subgroups (Xbar-R chart).</summary>
    SubgroupMeansR = 10,

    /// <summary>The calls from one event to the next (g chart); few are the bad ones.</summary>
    UnitsBetween = 11,

    /// <summary>Several characteristics of one source together: Hotelling's T2 of their means in each time subgroup.</summary>
    HotellingT2 = 12,

    /// <summary>Several characteristics of one source together: T2 of the moving averages of their means.</summary>
    Mewma = 13,
}
