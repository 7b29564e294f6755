using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>What is to be expected of a chart's detection: its false alarms, and what its own baseline says of them.</summary>
public sealed class ChartOutlook
{
    private readonly PointHistory _history;

    internal ChartOutlook(PointHistory history) => _history = history;

    /// <summary>What the chart would look for with other choices; with none it is what it looks for.</summary>
    /// <param name="rules">Those that may be judged; null as it is.</param>
    /// <returns>Null where the chart has no frozen model to judge by.</returns>
    public static Detection? Detect(ChartSummary chart, RuleSet? rules = null, FalseAlarmBudget? budget = null)
    {
        if (chart is not { Baseline: { Estimate.Model: not null } baseline, Detection: { } now })
            return null;
        if (rules is null && budget is null)
            return now;

        var plan = chart.Plan with { Rules = rules ?? chart.Plan.Rules, Choices = chart.Plan.Choices with { Budget = budget ?? chart.Plan.Choices.Budget } };
        return ChartKinds.Of(plan.Kind)!.Detect(plan, baseline);
    }

    /// <summary>How many points the chart takes in a time, at the pace of its baseline.</summary>
    public static double PointsIn(TimeSpan time, Baseline baseline) =>
        time / (baseline.MeanInterval > TimeSpan.Zero ? baseline.MeanInterval : TimeSpan.FromSeconds(1));

    /// <summary>The false alarms of a detection in a time.</summary>
    /// <returns>Null where the chart has no frozen model to judge by.</returns>
    public static FalseAlarmBand? FalseAlarms(ChartSummary chart, Detection detection, TimeSpan per) =>
        chart.Baseline is { Estimate.Model: { } model } baseline ? DetectionAlarms.Expected(detection, model, PointsIn(per, baseline)) : null;

    /// <summary>How soon a lasting shift is seen.</summary>
    /// <returns>Null where the chart has no frozen model to judge by.</returns>
    public static ShiftDelay? Delay(ChartSummary chart, WantedShift shift)
    {
        if (chart is not { Baseline: { Estimate.Model: { } model } baseline, Detection: { } detection })
            return null;

        // The line of the last point where every point has its own; of a chart that has judged none yet, the one where the forecast begins.
        var centre = (chart.Last?.BaselineId == baseline.Id ? chart.Last.Centre : null) ?? baseline.Estimate.Zones?.Centre ?? model.Draw(model.Line(0), model.Forecast.Expect(model.Forecast.Start));
        var size = shift.On(model, centre);
        return double.IsFinite(size)
            ? new ShiftDelay(centre, model.Transform.Invert(model.Transform.Apply(centre) + size), InSigma(model, size), DetectionDelay.Of(model, detection, size))
            : new ShiftDelay(centre, double.NaN, double.NaN, new DetectionDelay(null, null, null, IsSimulated: false));
    }

    // Before a forecast takes any of it away.
    private static double InSigma(ProcessModel model, double size)
    {
        var usual = model.Forecast.Expect(model.Forecast.Start) + model.Line(0);
        return model.Curve.Score(model.Moved(usual, size) - usual + model.Line(0));
    }

    /// <summary>Runs the detection over the points of its own baseline, drawn again and again.</summary>
    /// <returns>Null where there is no frozen model, or too few points of its baseline are still kept.</returns>
    public async Task<SelfTest?> SelfTestAsync(ChartSummary chart, CancellationToken cancellation)
    {
        if (chart is not { Baseline: { Estimate.Model: { } model } baseline, Detection: { } detection })
            return null;

        var points = await _history.OfBaselineAsync(baseline, cancellation);
        var values = points.Select(point => point.Value).ToArray();
        PointContext[] contexts = [.. points.Select(point => point.Context)];
        return SelfTest.Run(model, detection, values, contexts);
    }
}

/// <param name="Centre">The centre line that the shift starts from, in the unit of the series.</param>
/// <param name="Shifted">Where it leads; not a number where there is no such value.</param>
/// <param name="InSigma">The score of the shifted centre line.</param>
public sealed record ShiftDelay(double Centre, double Shifted, double InSigma, DetectionDelay Delay);
