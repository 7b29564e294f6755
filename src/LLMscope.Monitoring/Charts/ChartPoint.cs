using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>One plotted point with the limits that judged it. It never changes once it is stored.</summary>
/// <param name="Number">Its place on its chart, from 1 without a gap.</param>
/// <param name="Time">Of its sample, or the end of its subgroup; UTC.</param>
/// <param name="Value">The plotted statistic in the unit of the series; not a number for a T2 before there is a baseline.</param>
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
    long LastSequence)
{
    /// <summary>What forecast and circumstances let expect, on the transformed scale; null where nothing is foretold.</summary>
    public double? Expected { get; init; }

    /// <summary>The cumulative sum of high scores after this point; null where none is kept.</summary>
    public double? CusumUp { get; init; }

    /// <summary>The cumulative sum of low scores.</summary>
    public double? CusumDown { get; init; }

    /// <summary>The moving average of scores after this point; null where none is kept.</summary>
    public double? Ewma { get; init; }

    /// <summary>The length of its call, or the mean length of its calls; null where unknown.</summary>
    public MeanLength? Length { get; init; }

    /// <summary>The spread within its subgroup; null on a chart that does not plot it.</summary>
    public PointSpread? Spread { get; init; }

    /// <summary>What it is made of on a chart of several characteristics; null on any other.</summary>
    public JointVector? Joint { get; init; }

    internal PointContext Context => Length is { } length
        ? new PointContext(Time, length.Input, length.Output, length.Cached ?? double.NaN)
        : PointContext.At(Time);
}

/// <summary>Mean tokens of the calls of a point.</summary>
/// <param name="Cached">Of the prompt; null where nobody told.</param>
public sealed record MeanLength(double Input, double? Cached, double Output);
