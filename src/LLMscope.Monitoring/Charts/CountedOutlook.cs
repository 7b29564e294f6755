using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>What is to be expected of counted events.</summary>
/// <param name="process">What the baseline says of the process.</param>
/// <param name="sizes">The exposures of the points that the chart has seen.</param>
/// <param name="lineAt">The line at a signed number of standard deviations for a point of an exposure, in events; null where such a point is not judged.</param>
/// <param name="perRate">The plotted value for a rate of 1: 1 where rates are plotted, and the size of all points where their counts are.</param>
internal sealed class CountedOutlook(
    Baseline baseline, PlausibleCounts process, PointSizes sizes, Func<double, Func<double, double>?> lineAt, double perRate, Func<Detection, IPointJudge> judgeBy) : IKindOutlook
{
    private readonly CountOutlook _counts = new(process, sizes, lineAt);

    public FalseAlarmBand FalseAlarms(Detection detection, double points) => _counts.FalseAlarms(detection, points);

    public ShiftDelay Delay(Detection detection, WantedShift shift, ChartPoint? last)
    {
        var centre = baseline.Estimate.Centre;
        var usual = sizes.Mean;
        var sigma = process.Estimated.Deviation(usual) / usual * perRate;
        var shifted = shift.From(centre, sigma);
        var rate = shifted / perRate;
        return rate >= 0 && rate <= process.Estimated.MostRate && shifted != centre
            ? new ShiftDelay(centre, shifted, (shifted - centre) / sigma, _counts.Delay(detection, rate))
            : ShiftDelay.Nowhere(centre);
    }

    public SelfTest? SelfTest(Detection detection, IReadOnlyList<ChartPoint> points) => ResampledBaseline.Run(judgeBy(detection), detection, points);
}
