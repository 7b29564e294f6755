using LLMscope.Spc;
using LLMscope.Spc.Judging;
using LLMscope.Spc.RunLengths;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Monitoring.Charts;

/// <summary>What is to be expected of the means of intervals.</summary>
/// <param name="baseline">Its centre and spread are on the scale of the plan.</param>
/// <param name="size">The samples of a usual point.</param>
internal sealed class SubgroupMeansOutlook(SubgroupBaseline baseline, Transform transform, double size, Func<Detection, IPointJudge> judgeBy) : IKindOutlook
{
    private readonly SubgroupOutlook _means = new(baseline);

    public FalseAlarmBand FalseAlarms(Detection detection, double points) => _means.FalseAlarms(detection, points);

    public ShiftDelay Delay(Detection detection, WantedShift shift, ChartPoint? last)
    {
        var centre = transform.Invert(baseline.Centre);
        var sigma = baseline.Sigma / Math.Sqrt(size);
        var by = shift.Scale == WantedShiftScale.Sigma ? shift.Amount * sigma : WantedShift.Between(transform, centre, shift.From(centre, sigma));
        return double.IsFinite(by)
            ? new ShiftDelay(centre, transform.Invert(baseline.Centre + by), by / sigma, _means.Delay(detection, by, size))
            : ShiftDelay.Nowhere(centre);
    }

    public SelfTest? SelfTest(Detection detection, IReadOnlyList<ChartPoint> points) => ResampledBaseline.Run(judgeBy(detection), detection, points);
}
