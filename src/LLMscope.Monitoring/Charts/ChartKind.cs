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
}
