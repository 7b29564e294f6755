using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Judging;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>What is to be expected of points that a model of the process judges.</summary>
internal sealed class IndividualsOutlook(Baseline baseline, ProcessModel model) : IKindOutlook
{
    public FalseAlarmBand FalseAlarms(Detection detection, double points) => DetectionAlarms.Expected(detection, model, points);

    public ShiftDelay Delay(Detection detection, WantedShift shift, ChartPoint? last)
    {
        // The line of the last point where every point has its own; of a chart that has judged none yet, the one where the forecast begins.
        var centre = last?.Centre ?? baseline.Estimate.Zones?.Centre ?? model.Draw(model.Line(0), model.Forecast.Expect(model.Forecast.Start));
        var size = shift.On(model, centre);
        return double.IsFinite(size)
            ? new ShiftDelay(centre, model.Transform.Invert(model.Transform.Apply(centre) + size), InSigma(size), DetectionDelay.Of(model, detection, size))
            : ShiftDelay.Nowhere(centre);
    }

    public SelfTest? SelfTest(Detection detection, IReadOnlyList<ChartPoint> points) =>
        Spc.Judging.SelfTest.Run(model, detection, [.. points.Select(point => point.Value)], [.. points.Select(point => point.Context)]);

    // Before a forecast takes any of it away.
    private double InSigma(double size)
    {
        var usual = model.Forecast.Expect(model.Forecast.Start) + model.Line(0);
        return model.Curve.Score(model.Moved(usual, size) - usual + model.Line(0));
    }
}
