using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>What is to be expected of the detection of one chart that has limits.</summary>
public sealed class ChartExpectation
{
    private readonly ChartSummary _chart;
    private readonly IChartKind _kind;
    private readonly IKindOutlook _outlook;
    private readonly PointHistory _history;

    internal ChartExpectation(ChartSummary chart, IChartKind kind, IKindOutlook outlook, PointHistory history) =>
        (_chart, _kind, _outlook, _history) = (chart, kind, outlook, history);

    public Baseline Baseline => _chart.Baseline!;

    /// <summary>What the chart looks for.</summary>
    public Detection Detection => _chart.Detection!;

    /// <summary>What it would look for with other choices; with none it is what it looks for.</summary>
    /// <param name="rules">Those that may be judged; null as it is.</param>
    public Detection Detect(RuleSet? rules = null, FalseAlarmBudget? budget = null)
    {
        if (rules is null && budget is null)
            return Detection;

        var plan = _chart.Plan with { Rules = rules ?? _chart.Plan.Rules, Choices = _chart.Plan.Choices with { Budget = budget ?? _chart.Plan.Choices.Budget } };
        return _kind.Detect(plan, Baseline);
    }

    /// <summary>The false alarms of a detection in a time.</summary>
    public FalseAlarmBand FalseAlarms(Detection detection, TimeSpan per) => _outlook.FalseAlarms(detection, ChartOutlook.PointsIn(per, Baseline));

    /// <summary>How soon a lasting shift is seen.</summary>
    public ShiftDelay Delay(WantedShift shift) => _outlook.Delay(Detection, shift, _chart.Last?.BaselineId == Baseline.Id ? _chart.Last : null);

    /// <summary>Runs the detection over the points of its own baseline, drawn again and again.</summary>
    /// <returns>Null where too few points of the baseline are still kept.</returns>
    public async Task<SelfTest?> SelfTestAsync(CancellationToken cancellation) =>
        _outlook.SelfTest(Detection, await _history.OfBaselineAsync(Baseline, cancellation));
}
