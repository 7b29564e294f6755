using LLMscope.Spc.Judging;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>What is to be expected of one kind of chart with the limits of a baseline. What it computes is in the statistics; here are its units and points.</summary>
internal interface IKindOutlook
{
    /// <summary>The false alarms of a detection among so many points.</summary>
    FalseAlarmBand FalseAlarms(Detection detection, double points);

    /// <summary>How soon a lasting shift is seen.</summary>
    /// <param name="last">The last point that was judged by these limits; null where there is none yet.</param>
    ShiftDelay Delay(Detection detection, WantedShift shift, ChartPoint? last);

    /// <summary>Runs a detection over the points of the baseline, drawn again and again.</summary>
    /// <returns>Null where there are too few points.</returns>
    SelfTest? SelfTest(Detection detection, IReadOnlyList<ChartPoint> points);
}
