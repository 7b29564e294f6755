using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>Judges points by lines at the quantiles of a distribution, which are the same for all of them.</summary>
/// <param name="line">The line at a signed number of standard deviations.</param>
internal sealed class QuantileJudge(Func<double, double> line, RuleLimits limits, Detection detection) : IPointJudge
{
    private readonly NelsonRules _rules = new(limits, detection.Judged, detection.Parameters);
    private readonly (double Centre, double Lower, double Upper) _limits = (line(0), line(-detection.Parameters.K1), line(detection.Parameters.K1));

    public PointVerdict Judge(ChartPoint point) => new(_limits.Centre, _limits.Lower, _limits.Upper, _rules.Judge(point.Value));

    public void Recall(ChartPoint point) => _rules.Judge(point.Value);

    public void Break() => _rules.Break();
}
