using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>One plotted point with the limits that judged it. It never changes once it is stored.</summary>
/// <param name="Number">Its place on its chart, from 1 without a gap.</param>
/// <param name="Time">Of its sample, or the end of its subgroup; UTC.</param>
/// <param name="Value">The plotted statistic in the unit of the series.</param>
/// <param name="Count">How many samples it stands for.</param>
/// <param name="MovingRange">The distance to the point before on the transformed scale; null at the start of a segment.</param>
/// <param name="StartsSegment">Whether the rules remember nothing before it: after a gap or a new baseline.</param>
/// <param name="BaselineId">The baseline whose limits judged it.</param>
/// <param name="Centre">The centre line that judged it, in the unit of the series.</param>
/// <param name="Lower">The lower control limit that judged it.</param>
/// <param name="Upper">The upper control limit that judged it.</param>
/// <param name="LastSequence">The last sample that went into it or came before it.</param>
public sealed record ChartPoint(
    long Number,
    DateTime Time,
    double Value,
    int Count,
    double? MovingRange,
    PointPhase Phase,
    bool StartsSegment,
    int? BaselineId,
    double? Centre,
    double? Lower,
    double? Upper,
    RuleSignals Signals,
    long LastSequence);
