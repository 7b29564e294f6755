using LLMscope.Spc.Judging;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>What is to be expected of what lies between two events, time or units.</summary>
/// <param name="line">The line at a signed number of standard deviations.</param>
internal sealed class GapOutlook(BetweenOutlook between, Func<double, double> line, Func<Detection, IPointJudge> judgeBy) : IKindOutlook
{
    public FalseAlarmBand FalseAlarms(Detection detection, double points) => between.FalseAlarms(detection, points);

    // A change of the pace makes all gaps some times as long, so that a shift of the centre line is taken as a share of it.
    public ShiftDelay Delay(Detection detection, WantedShift shift, ChartPoint? last)
    {
        var centre = line(0);
        var shifted = shift.Scale == WantedShiftScale.Sigma ? line(shift.Amount) : shift.From(centre, sigma: double.NaN);
        var factor = shifted / centre;
        return factor > 0 && double.IsFinite(factor) && factor != 1
            ? new ShiftDelay(centre, shifted, between.Score(factor), between.Delay(detection, factor)) { Pace = factor }
            : ShiftDelay.Nowhere(centre);
    }

    public SelfTest? SelfTest(Detection detection, IReadOnlyList<ChartPoint> points) => ResampledBaseline.Run(judgeBy(detection), detection, points);
}
